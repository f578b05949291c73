// Follows server-sent events. The browser's EventSource cannot send a token, so the stream is read by hand.
import {open} from './api.js';
import * as connection from './connection.js';

// The service says something every 15 seconds; after three silences the line is dead.
const SILENCE = 45_000;
const LONGEST_PAUSE = 15;
// Asking again would bring the same answer.
const SETTLED = [401, 403, 404];

// Calls `heard` with the data of each event `run` until `over` says that nothing more comes. A lost connection is mended
// by itself; `back` then asks how things stand. Nothing is held open while the page is hidden, because a browser
// keeps few connections to one server. Returns what ends it.
export function follow(path, {heard, back, over = () => false}) {
    const all = new AbortController();
    const end = all.signal;
    end.addEventListener('abort', () => connection.mended(all));

    (async () => {
        let failures = 0;
        for (let turn = 0; !end.aborted; turn++) {
            const control = new AbortController();
            let asked = 0;
            const hide = () => document.hidden && control.abort();
            end.addEventListener('abort', () => control.abort());
            document.addEventListener('visibilitychange', hide);
            try {
                await shown(end);
                if (turn > 0) {
                    await back();
                }
                await read(path, control, event => {
                    failures = 0;
                    connection.mended(all);
                    if (event && !end.aborted) {
                        heard(event);
                    }
                });
            } catch (broken) {
                if (SETTLED.includes(broken.status)) {
                    connection.mended(all);
                    return;
                }
                if (broken.name !== 'AbortError') {
                    failures++;
                    asked = broken.retryAfter ?? 0;
                    connection.lost(all);
                }
            } finally {
                document.removeEventListener('visibilitychange', hide);
            }
            if (over()) {
                return;
            }
            await pause(Math.max(asked, Math.min(LONGEST_PAUSE, 2 ** Math.max(0, failures - 1))), end);
        }
    })();
    return () => all.abort();
}

async function read(path, control, heard) {
    const answer = await open(path, {signal: control.signal, accept: 'text/event-stream'});
    heard(null);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
        const watch = setTimeout(() => control.abort(new Error('silent')), SILENCE);
        const {done, value} = await reader.read().finally(() => clearTimeout(watch));
        if (done) {
            return;
        }
        const events = (text + value).replaceAll('\r', '').split('\n\n');
        text = events.pop();
        events.forEach(event => heard(data(event)));
    }
}

// Null for comments, which only say that the line lives.
function data(event) {
    const said = name => event.split('\n')
        .filter(line => line.startsWith(`${name}:`))
        .map(line => line.slice(name.length + 1))
        .join('\n');
    return said('event').trim() === 'run' ? JSON.parse(said('data')) : null;
}

function shown(end) {
    return new Promise(done => {
        const look = () => document.hidden && !end.aborted || done();
        document.addEventListener('visibilitychange', look, {signal: end});
        end.addEventListener('abort', look);
        look();
    });
}

function pause(seconds, end) {
    return new Promise(done => {
        setTimeout(done, seconds * 1000);
        end.addEventListener('abort', done);
    });
}
