// What a run leaves: its report, its log, and its published output.
import {open} from './api.js';
import {fill, make} from './element.js';
import {last} from './runitem.js';
import {reportFrame} from './reportframe.js';
import {report} from './trouble.js';

const VIEWER = 'https://www.cellucid.com/';

export function papers(self, mayReadLog) {
    const links = make('p', {class: 'bar'});
    const place = make('div');
    const element = make('section', {'aria-label': 'Results'}, links, place);
    let before = null;

    // Kept in the page instead of opened, because the address alone, without the token, shows nothing.
    async function text(what) {
        return (await open(`${self}/${what}`, {accept: 'text/html, text/plain'})).text();
    }

    async function look(action) {
        try {
            await action();
        } catch (refused) {
            report(place, 'It cannot be shown', refused);
        }
    }

    const showReport = () => look(async () => {
        const words = await text('report');
        const frame = reportFrame();
        fill(place, make('h2', {tabindex: -1}, 'Report'), make('p', {}, save(words, 'report.html', 'text/html')), frame.element);
        frame.show(words);
        place.querySelector('h2').focus();
    });

    const showLog = () => look(async () => {
        const words = await text('log');
        fill(place, make('h2', {tabindex: -1}, 'Log'), make('p', {}, save(words, 'log.txt', 'text/plain')),
            make('pre', {class: 'panel scroll log', tabindex: 0, 'aria-label': 'Log'}, words));
        place.querySelector('h2').focus();
    });

    return {
        element,
        show(run) {
            const now = [run.links.report, run.links.output, run.state].join(' ');
            if (now === before) {
                return;
            }
            before = now;
            const output = ours(run.links.output);
            const cellucid = output && run.job === 'cellucid-export';
            fill(links,
                run.links.report && make('button', {type: 'button', click: showReport}, 'Show the report'),
                mayReadLog && run.state !== 'waiting' && make('button', {type: 'button', click: showLog}, 'Show the log'),
                cellucid && make('a', {class: 'button', href: viewer(), target: '_blank', rel: 'noopener noreferrer'}, 'Open in Cellucid (new tab)'),
                output && opened(run.links).map(published),
                output && make('a', {href: '/_cellucid/datasets'}, 'All published data sets'));
            element.hidden = links.childElementCount === 0;
        },
    };
}

function opened(links) {
    return (links.opened?.length ? links.opened : [links.output]).map(ours).filter(address => address);
}

// A viewer reads what lies below the address of a folder; the address itself is no page.
function published(address) {
    const name = last(words(address.pathname));
    if (/\.(csv|json)$/.test(name)) {
        return make('a', {class: 'button', download: name, href: address.href}, `Save ${name}`);
    }
    return /\.html$/.test(name)
        ? make('a', {class: 'button', href: address.href, target: '_blank', rel: 'noopener noreferrer'}, `Open ${name} (new tab)`)
        : make('span', {}, 'Address for viewers: ', make('code', {}, address.href));
}

function words(path) {
    try {
        return decodeURIComponent(path);
    } catch {
        return path;
    }
}

function save(words, name, type) {
    const address = URL.createObjectURL(new Blob([words], {type}));
    return make('a', {class: 'button', download: name, href: address}, `Save ${name}`);
}

function viewer() {
    const address = new URL(VIEWER);
    address.searchParams.set('remote', location.origin);
    return address.href;
}

// Nothing but an address of this service is ever made a link.
function ours(address) {
    const whole = address && URL.canParse(address, location.origin) && new URL(address, location.origin);
    return whole && whole.origin === location.origin ? whole : null;
}
