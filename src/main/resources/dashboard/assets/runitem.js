// One run in the list. It changes in place, so that neither focus nor layout moves while a run works.
import {fill, make, say} from './element.js';
import {bytes, duration, moment, percent, rate} from './words.js';
import {atWork, badge} from './states.js';

export function runItem() {
    const state = make('p');
    const link = make('a');
    const places = make('p', {class: 'places'});
    const bar = make('progress', {max: 100});
    const gist = make('p', {class: 'gist'});
    const time = make('p', {class: 'time'});
    const element = make('li', {},
        state, make('div', {}, make('h2', {}, link), places), make('div', {}, bar, gist), time);
    let run = null;

    function show(next) {
        if (run?.state !== next.state) {
            fill(state, badge(next.state));
        }
        run = next;
        link.href = `#/runs/${encodeURIComponent(run.id)}`;
        say(link, `${run.job}: ${last(run.output)}`);
        say(places, `${run.input} → ${run.output}`);
        if (time.dataset.at !== run.startedAt) {
            time.dataset.at = run.startedAt;
            fill(time, moment(run.startedAt));
        }
        bar.hidden = !atWork(run.state);
        bar.setAttribute('aria-label', `Progress of ${last(run.output)}`);
        progress(bar, run);
        say(gist, summary(run));
    }

    return {
        element, show,
        state: () => run.state,
        name: () => `${run.job} of ${last(run.output)}`,
        gist: () => gist.textContent,
    };
}

export const last = place => place.replace(/\/+$/, '').split(/[/:]/).pop();

// Without a value the bar says that nobody knows yet.
export function progress(bar, {state, progress: so}) {
    const done = so && percent(so);
    if (state === 'done') {
        bar.value = 100;
    } else if (done === null || done === undefined) {
        bar.removeAttribute('value');
    } else {
        bar.value = done;
    }
}

// In a few words: how far, how fast, how long; or why not.
export function summary({state, progress: so, message, startedAt, endedAt}) {
    if (atWork(state)) {
        if (!so) {
            return state === 'waiting' ? 'waits for its turn' : 'begins';
        }
        const done = percent(so);
        return [done === null ? so.step : `${done} %`, `${rate(so.unitsPerSecond)} units/s`, `${bytes(so.bytesPerSecond)}/s`,
            so.etaSeconds !== null && `${duration(so.etaSeconds)} left`].filter(word => word).join(' · ');
    }
    const took = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    return message || (took >= 0 ? `took ${duration(took)}` : '');
}
