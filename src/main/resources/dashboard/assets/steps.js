// The steps of a run, each with its units. Rows change in place.
import {fill, make, say} from './element.js';
import {bytes, count, duration, percent} from './words.js';
import {badge} from './states.js';

export function stepsTable() {
    const body = make('tbody');
    const element = make('div', {class: 'scroll steps'}, make('table', {},
        make('caption', {}, 'Steps'),
        make('thead', {}, make('tr', {},
            ['Step', 'State'].map(name => make('th', {scope: 'col'}, name)),
            ['Units', 'Written', 'Time'].map(name => make('th', {scope: 'col', class: 'number'}, name)))),
        body));
    let rows = [];

    function row() {
        const cells = [make('th', {scope: 'row'}), make('td'), ...Array.from({length: 3}, () => make('td', {class: 'number'}))];
        let before = '';
        return {
            element: make('tr', {}, cells),
            show(step) {
                const share = percent(step);
                say(cells[0], step.name);
                if (before !== step.state) {
                    before = step.state;
                    fill(cells[1], badge(step.state));
                }
                say(cells[2], step.plannedUnits === 0 ? '–' : `${count(step.keptUnits + step.doneUnits)} of ${count(step.plannedUnits)}`
                    + (step.state === 'running' ? ` (${share} %)` : ''));
                say(cells[3], step.writtenBytes ? bytes(step.writtenBytes) : '–');
                say(cells[4], step.seconds ? duration(step.seconds) : '–');
            },
        };
    }

    return {
        element,
        show(steps) {
            element.hidden = steps.length === 0;
            if (steps.length !== rows.length) {
                rows = steps.map(row);
                fill(body, rows.map(one => one.element));
            }
            steps.forEach((step, index) => rows[index].show(step));
        },
    };
}
