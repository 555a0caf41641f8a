#!/usr/bin/env bash
# Restarts the bot's processes one after the other: the next only when the one before is ready again. Ports as arguments (3001 3002).
set -euo pipefail
if [ $# -eq 0 ]; then set -- 3001 3002; fi
for port in "$@"; do
    systemctl restart "koshin-navi@$port"
    for _ in $(seq 60); do
        if curl --fail --silent --output /dev/null "http://127.0.0.1:$port/readyz"; then continue 2; fi
        sleep 0.5
    done
    echo "koshin-navi@$port is not ready: journalctl -u koshin-navi@$port" >&2
    exit 1
done
