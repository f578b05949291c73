// Shows the view that the address names, and moves the focus there.
import {onSignedOut, signedIn, signOut, ask} from './api.js';
import {fill, make, say} from './element.js';
import {report} from './trouble.js';
import {signInView} from './signin.js';
import {runsView} from './runs.js';
import {runView} from './run.js';
import {startView} from './start.js';
import {jobView} from './form.js';
import {jobFileView} from './jobfile.js';
import {schedulesView} from './schedules.js';

// A view gets the parts of the address in brackets, its parameters, and who looks. It returns {title, content}, and
// perhaps `close`, and `turn` for new parameters of the same view.
const ROUTES = [
    [/^\/runs$/, runsView, '#/runs'],
    [/^\/runs\/([^/]+)$/, runView, '#/runs'],
    [/^\/start$/, startView, '#/start'],
    [/^\/start\/job\/([^/]+)$/, jobView, '#/start'],
    [/^\/start\/file\/([^/]+)$/, jobFileView, '#/start'],
    [/^\/schedules$/, schedulesView, '#/schedules'],
];

const main = document.getElementById('view');
const frame = document.querySelectorAll('nav, .who');
let shown = {path: null};
let me = null;
let latest = 0;

// `why` is what ended the last session, if anything did.
async function show(why = {}) {
    const [path, words = ''] = (location.hash.slice(1) || '/runs').split('?');
    const parameters = new URLSearchParams(words);
    if (shown.path === path && shown.turn) {
        shown.turn(parameters);
        return;
    }
    const first = shown.path === null;
    shown.close?.();
    const number = ++latest;
    shown = {path};
    let view;
    if (!signedIn()) {
        me = null;
        view = signInView(why, () => show());
    } else {
        try {
            me ??= await ask('/api/v1/me');
            view = await chosen(path, parameters);
        } catch (refused) {
            view = refused.status === 401 ? signInView(refused, () => show()) : failed(refused);
        }
    }
    if (number !== latest) {
        view.close?.();
        return;
    }
    // The sign-in view is no place of its own: the address stays that of the view behind it.
    shown = {path: signedIn() ? path : '', ...view};
    frame.forEach(part => { part.hidden = !signedIn(); });
    say(document.getElementById('who'), me ? `${me.name} (${me.role})` : '');
    document.title = `${view.title} – cellferry`;
    const heading = make('h1', {tabindex: -1}, view.title);
    fill(main, heading, view.content);
    view.opened?.();
    if (!first) {
        scrollTo(0, 0);
        heading.focus();
    }
}

async function chosen(path, parameters) {
    for (const [pattern, view, home] of ROUTES) {
        const parts = pattern.exec(path);
        if (parts) {
            document.querySelectorAll('nav a').forEach(link =>
                link.getAttribute('href') === home
                    ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current'));
            return view(parts.slice(1).map(decodeURIComponent), parameters, me);
        }
    }
    return {title: 'Nothing here', content: make('p', {}, 'No view has this address. ', make('a', {href: '#/runs'}, 'All runs'))};
}

function failed(refused) {
    const place = make('div');
    const again = () => { leave(); show(); };
    // A service that does not answer may do so soon: then the view comes by itself.
    const timer = refused.status === 0 && setInterval(() => fetch('/', {method: 'HEAD'}).then(again, () => {}), 3000);
    return {
        title: refused.status === 404 ? 'Not found' : 'No answer',
        content: [place, make('button', {type: 'button', click: again}, 'Try again')],
        opened: () => report(place, 'This cannot be shown', refused),
        close: () => clearInterval(timer),
    };
}

// The next view is shown even if it has the same address.
function leave() {
    shown.close?.();
    shown = {path: ''};
}

document.getElementById('sign-out').addEventListener('click', () => {
    signOut();
    leave();
    show();
});
onSignedOut(refused => {
    leave();
    show(refused);
});
document.querySelector('.skip').addEventListener('click', event => {
    event.preventDefault();
    main.focus();
});
addEventListener('hashchange', () => show());
show();
