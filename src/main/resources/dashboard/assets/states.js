// What the states of a run are called, look like and mean.
import {make, shape} from './element.js';

const STATES = {
    waiting: ['idle', 'M8 4v4l3 2M8 1.500a6.500 6.500 0 1 0 .01 0', false, 'It begins when the runs before it are done.'],
    running: ['busy', 'M4 2.500l9 5.500-9 5.500z', true, 'It works now.'],
    stopping: ['warn', 'M3 3h10v10H3z', false, 'It ends at its next unit; what is finished is kept.'],
    interrupted: ['warn', 'M2 8h4l1.500-5 2 10L11 8h3', false, 'Its process ended before the work did. Resume it: what is finished is kept.'],
    stopped: ['idle', 'M3 3h10v10H3z', true, 'Somebody stopped it. Resume it: what is finished is kept.'],
    failed: ['bad', 'M3 3l10 10M13 3L3 13', false, 'It could not go on.'],
    refused: ['bad', 'M5 1.500h6L14.500 5v6L11 14.500H5L1.500 11V5zM5 8h6', false, 'It never began, and nothing was written.'],
    done: ['good', 'M2.500 8.500l4 4 7-9', false, 'Its output is complete.'],
    gone: ['idle', 'M2 8h1.500M7 8h2M12.500 8H14', false, 'Neither output nor work is there any more. Resume it to do it again.'],
};

export const names = Object.keys(STATES);
export const atWork = state => ['waiting', 'running', 'stopping'].includes(state);
export const resumable = state => ['interrupted', 'stopped', 'failed', 'refused', 'gone'].includes(state);
export const meaning = state => STATES[state]?.[3] ?? '';

export function badge(state) {
    const [tone, path, solid] = STATES[state] ?? ['idle', '', false];
    return make('span', {class: `state tone-${tone}`}, shape(path, solid), state);
}
