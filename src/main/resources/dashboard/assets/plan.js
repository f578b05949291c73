// What a run would do, shown before it starts. Only a plan that is not refused, of what the page says now, can start.
import {post} from './api.js';
import {facts, fill, make, table} from './element.js';
import {announce} from './announcer.js';
import {bytes, count, duration} from './words.js';
import {findings, report} from './trouble.js';

// `request` says what to plan; `begin` starts it and returns the run.
export function planPanel(request, begin) {
    const place = make('div');
    const startButton = make('button', {type: 'button', class: 'main', disabled: true, 'aria-describedby': 'start-hint', click: start}, 'Start the run');
    const hint = make('p', {class: 'quiet', id: 'start-hint'}, 'Look at the plan first.');
    const element = make('section', {'aria-label': 'Plan and start'},
        place, make('div', {class: 'bar'}, startButton, hint));
    let latest = 0;

    function settle(ready, words) {
        startButton.disabled = !ready;
        hint.textContent = words;
    }

    async function look() {
        const mine = ++latest;
        settle(false, 'The plan is made…');
        place.setAttribute('aria-busy', 'true');
        announce('The plan is made.');
        try {
            const plan = await post('/api/v1/plan', request());
            if (mine === latest) {
                show(plan);
            }
        } catch (refused) {
            if (mine === latest) {
                settle(false, 'Correct what is refused, then look at the plan again.');
                report(place, 'No plan', refused);
            }
        }
        place.removeAttribute('aria-busy');
    }

    function show(plan) {
        const heading = make('h2', {tabindex: -1}, plan.refused ? 'The plan: refused' : 'The plan: possible');
        fill(place, heading,
            plan.title && make('p', {}, plan.title),
            findings(plan.problems),
            !plan.refused && facts([
                ['Time, roughly', duration(plan.seconds)], ['Output, roughly', bytes(plan.outputBytes)],
                ['Files', count(plan.files)], ['Scratch, at most', bytes(plan.scratchBytes)],
                ['Memory of a worker, at most', bytes(plan.memoryBytes)], ['Units of work', count(plan.units)],
            ], 'figures'),
            plan.tables.map(one => make('div', {class: 'panel'}, table(one))));
        settle(!plan.refused, plan.refused ? 'This cannot start. Each finding above says what to do.'
            : 'Nothing was written so far.');
        heading.focus();
    }

    async function start() {
        settle(false, 'The run is asked for…');
        try {
            const run = await begin();
            location.hash = `#/runs/${encodeURIComponent(run.id)}`;
        } catch (refused) {
            settle(false, 'Correct what is refused, then look at the plan again.');
            report(place, 'It was not started', refused);
        }
    }

    return {
        element, look,
        // What is shown is not what would start.
        outdated() {
            latest++;
            if (!startButton.disabled) {
                settle(false, 'Something was changed since; look at the plan again.');
            }
        },
    };
}
