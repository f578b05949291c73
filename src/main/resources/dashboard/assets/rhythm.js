// When a job file runs by itself: at times, or when files arrive.
import {make} from './element.js';
import {moment} from './words.js';

export function rhythm({schedule, watch, next}) {
    return [
        schedule && make('p', {}, `At times: ${words(schedule)}`),
        watch && make('p', {}, `When files arrive: ${words(watch)}`),
        next && make('p', {}, 'Next: ', moment(next)),
    ];
}

const words = said => typeof said === 'object'
    ? Object.entries(said).filter(([, value]) => value !== null).map(([name, value]) => `${name} ${value}`).join(', ')
    : String(said);
