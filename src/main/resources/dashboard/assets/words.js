// Numbers, sizes and times as people read them.
import {make} from './element.js';

const WHOLE = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const TENTHS = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const MOMENT = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short'});

export const count = number => WHOLE.format(number);

// Counted in 1,024s, as everywhere in cellferry.
export function bytes(number) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
    let unit = 0;
    let left = number;
    while (left >= 1024 && unit < units.length - 1) {
        left /= 1024;
        unit++;
    }
    return `${left < 10 && unit > 0 ? TENTHS.format(left) : WHOLE.format(left)} ${units[unit]}`;
}

export function duration(seconds) {
    const whole = Math.round(seconds);
    if (whole < 60) {
        return `${whole} s`;
    }
    if (whole < 3600) {
        return `${Math.floor(whole / 60)} min ${whole % 60} s`;
    }
    if (whole < 48 * 3600) {
        return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
    }
    return `${Math.floor(whole / 86400)} days ${Math.floor(whole % 86400 / 3600)} h`;
}

export const rate = number => number < 10 ? TENTHS.format(number) : WHOLE.format(number);

export function moment(iso) {
    const time = new Date(iso ?? '');
    return Number.isNaN(time.getTime()) ? '' : make('time', {datetime: iso}, MOMENT.format(time));
}

// Share of the work that is done; never 100 before the end, null while nobody knows.
export function percent({plannedUnits, keptUnits, doneUnits}) {
    return plannedUnits > 0 ? Math.min(99, Math.floor(100 * (keptUnits + doneUnits) / plannedUnits)) : null;
}
