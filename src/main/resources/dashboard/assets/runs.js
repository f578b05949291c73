// All runs, newest first, with their progress while they work.
import {ask} from './api.js';
import {fill, make} from './element.js';
import {runItem} from './runitem.js';
import {follow} from './stream.js';
import {announce, seldom} from './announcer.js';
import {names, atWork} from './states.js';
import {empty, report} from './trouble.js';
import {field, select} from './field.js';

const PAGE = 25;

export async function runsView(_, parameters) {
    const {jobs} = await ask('/api/v1/jobs');
    const items = new Map();
    const list = make('ol', {class: 'runs', 'aria-label': 'Runs, newest first'});
    const body = make('div');
    const pages = make('nav', {class: 'bar', 'aria-label': 'Pages'});
    let asked = parameters;
    let stop = () => {};

    const state = select('state', [['', 'all states'], ...names.map(name => [name, name])]);
    const job = select('job', [['', 'all jobs'], ...jobs.map(one => [one.name, one.name])]);
    const filters = make('form', {class: 'filters', role: 'search', 'aria-label': 'Filter runs',
        submit: event => event.preventDefault(),
        change: () => go({state: state.value, job: job.value})},
    field('State', state), field('Job', job));

    function address(words) {
        const said = new URLSearchParams(Object.entries(words).filter(([, value]) => value));
        return said.size ? `#/runs?${said}` : '#/runs';
    }

    function go(words) {
        location.hash = address(words);
    }

    async function load() {
        const question = new URLSearchParams({limit: PAGE});
        ['state', 'job', 'after'].filter(name => asked.get(name)).forEach(name => question.set(name, asked.get(name)));
        const mine = asked;
        const page = await ask(`/api/v1/runs?${question}`);
        if (mine !== asked) {
            return;
        }
        const known = new Map(items);
        items.clear();
        const shown = page.runs.map(run => {
            const item = known.get(run.id) ?? runItem();
            item.show(run);
            items.set(run.id, item);
            return item.element;
        });
        if (shown.length !== list.children.length || shown.some((one, index) => list.children[index] !== one)) {
            fill(list, shown);
        }
        fill(body, shown.length ? list : nothing());
        const words = {state: asked.get('state'), job: asked.get('job')};
        fill(pages,
            asked.get('after') && make('a', {class: 'button', href: address(words)}, 'Newest'),
            page.next && make('a', {class: 'button', href: address({...words, after: page.next})}, 'Older'));
    }

    function nothing() {
        return asked.get('state') || asked.get('job')
            ? empty('No run is like that.', make('a', {href: '#/runs'}, 'Show all runs'))
            : empty('No runs yet.', make('a', {class: 'button', href: '#/start'}, 'Start a run'),
                'Runs of the command line on this machine appear here as well.');
    }

    const matches = run => (asked.get('state') ?? '') === '' || asked.get('state') === run.state;
    const tell = seldom(30);

    function heard(run) {
        const item = items.get(run.id);
        if (item) {
            const before = item.state();
            item.show(run);
            if (before !== run.state) {
                announce(`${item.name()}: ${run.state}`);
            } else if (atWork(run.state)) {
                tell(`${item.name()}: ${item.gist()}`);
            }
        } else if (!asked.get('after') && matches(run) && [null, '', run.job].includes(asked.get('job'))) {
            const fresh = runItem();
            fresh.show(run);
            items.set(run.id, fresh);
            list.prepend(fresh.element);
            fill(body, list);
            announce(`New run: ${fresh.name()}`);
        }
    }

    function listen() {
        stop();
        stop = follow('/api/v1/events', {heard, back: load});
    }

    function settle() {
        state.value = asked.get('state') ?? '';
        job.value = asked.get('job') ?? '';
    }

    settle();
    await load();
    return {
        title: 'Runs',
        content: [filters, body, pages],
        opened: listen,
        close: () => stop(),
        turn: async next => {
            const paged = (next.get('after') ?? '') !== (asked.get('after') ?? '');
            asked = next;
            settle();
            try {
                await load();
                if (paged) {
                    scrollTo(0, 0);
                    document.querySelector('h1').focus();
                }
                announce(`${items.size} runs`);
            } catch (refused) {
                report(body, 'The runs cannot be shown', refused);
            }
        },
    };
}
