/** The chat page: views come from the server, deeds go to it. */

import { byId } from '../../page/dom.js';
import { listenToComposer, showComposer } from './composer.js';
import { pickDate } from './date-picker.js';
import { showFiles } from './files.js';
import { listenToPanel, showPanel } from './panel.js';
import { doDeed, openChat, sendImage } from './server.js';
import { showTimeline } from './timeline.js';

/** @import { Tap } from './bubble.js' */
/** @import { DeedRequest } from '../deed-request.ts' */

const notice = byId('notice', HTMLParagraphElement);
let chat = '';
/** @type {number | undefined} */
let readings;

/** @param {string} sentence */
function notify(sentence) {
  notice.textContent = sentence;
}

/**
 * True when it was done; otherwise the page says why not.
 * @param {DeedRequest} deed
 * @param {string} [done] what to say then
 */
async function perform(deed, done = '') {
  const hindrance = await doDeed(chat, deed);
  notify(hindrance ?? done);
  return hindrance === undefined;
}

/** @type {Tap} */
function tap(spot, action) {
  if (action.kind === 'send') perform({ do: 'tap', spot });
  else if (action.kind === 'open') window.open(action.uri, '_blank', 'noreferrer');
  else pickDate(action, (picked) => perform({ do: 'tap', spot, picked }));
}

listenToComposer((text) => perform({ do: 'say', text }));
listenToPanel({
  perform,
  sendImage: async (file) => notify((await sendImage(chat, file)) ?? ''),
});
openChat({
  notify,
  show(view, id) {
    chat = id;
    if (readings !== undefined && view.readings > readings && view.files.length === 0)
      notify('ファイルを読み直しました。次の返事から使います。');
    readings = view.readings;
    showFiles(view.files);
    showComposer(view, tap);
    showTimeline(view, { tap, unsend: (entry) => perform({ do: 'unsend', entry }) });
    showPanel(view, id);
  },
});
