/** The chat page: views come from the server, deeds go to it. */
import { listenToComposer, showComposer } from './composer.js';
import { pickDate } from './date-picker.js';
import { byId } from './dom.js';
import { showFiles } from './files.js';
import { listenToPanel, showPanel } from './panel.js';
import { doDeed, openChat, sendImage } from './server.js';
import { showTimeline } from './timeline.js';

/** @import { DeedRequest } from '../deeds.ts' */
/** @import { Spot } from '../phone.ts' */
/** @import { ViewAction } from '../view.ts' */

/** @typedef {(spot: Spot, action: ViewAction) => void} Tap */

const notice = byId('notice', HTMLParagraphElement);
let chat = '';

/** @param {string} sentence */
function say(sentence) {
  notice.textContent = sentence;
}

/** @param {DeedRequest} deed */
async function perform(deed) {
  say((await doDeed(chat, deed)) ?? '');
}

/** @type {Tap} */
function tap(spot, action) {
  if (action.kind === 'send') perform({ do: 'tap', spot });
  else if (action.kind === 'open') window.open(action.uri, '_blank', 'noreferrer');
  else if (action.kind === 'copy') navigator.clipboard.writeText(action.text);
  else pickDate(action, (picked) => perform({ do: 'tap', spot, picked }));
}

listenToComposer((text) => perform({ do: 'say', text }));
listenToPanel({
  doDeed: perform,
  sendImage: async (file) => say((await sendImage(chat, file)) ?? ''),
});
openChat({
  say,
  show(view, id) {
    chat = id;
    showFiles(view.files);
    showComposer(view, tap);
    showTimeline(view, { tap, unsend: (entry) => perform({ do: 'unsend', entry }) });
    showPanel(view, id);
  },
});
