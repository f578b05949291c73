// One run: how far it is, why it is not done, what it was asked, what it left.
import {ask, mayStart, post} from './api.js';
import {facts, fill, make, say} from './element.js';
import {follow} from './stream.js';
import {announce, seldom} from './announcer.js';
import {atWork, badge, meaning, resumable} from './states.js';
import {last, progress, summary} from './runitem.js';
import {bytes, count, duration, moment, rate} from './words.js';
import {stepsTable} from './steps.js';
import {papers} from './papers.js';
import {report, trouble} from './trouble.js';

export async function runView([id], _, me) {
    const self = `/api/v1/runs/${encodeURIComponent(id)}`;
    let run = await ask(self);
    let stop = () => {};

    const state = make('p', {class: 'bar'});
    const answer = make('div');
    const why = make('div');
    const bar = make('progress', {max: 100, 'aria-label': 'Progress of the run'});
    const figures = new Map(['Done', 'Kept from before', 'Written', 'Units', 'Bytes', 'Working for', 'Left'].map(name => [name, make('span')]));
    const steps = stepsTable();
    const work = make('section', {class: 'panel', 'aria-label': 'Progress'},
        bar, facts([...figures], 'figures'), steps.element);
    const about = make('section', {class: 'panel', 'aria-labelledby': 'asked'});
    const left = papers(self, mayStart(me));
    const stopButton = make('button', {type: 'button', click: () => act('stop')}, 'Stop');
    const resumeButton = make('button', {type: 'button', class: 'main', click: () => act('resume')}, 'Resume');
    const controls = make('p', {class: 'bar', role: 'group', 'aria-label': 'Actions'},
        mayStart(me) ? [stopButton, resumeButton] : make('span', {class: 'quiet'}, 'Your token may look, not stop or resume.'));

    function show(next, first = false) {
        const changed = first || run.state !== next.state;
        run = {...next, progress: next.progress ?? atEnd(run.progress, next.state)};
        if (changed) {
            fill(state, badge(run.state), make('span', {}, meaning(run.state)));
            fill(why, reasons());
            fill(about, asked());
            stopButton.hidden = !['waiting', 'running'].includes(run.state);
            resumeButton.hidden = !resumable(run.state);
        }
        left.show(run);
        work.hidden = !run.progress && !atWork(run.state);
        progress(bar, run);
        if (run.progress) {
            const so = run.progress;
            const eta = !atWork(run.state) ? '–' : so.etaSeconds === null ? 'not known yet' : `about ${duration(so.etaSeconds)}`;
            const said = [
                `${count(so.keptUnits + so.doneUnits)} of ${count(so.plannedUnits)}`, count(so.keptUnits), bytes(so.writtenBytes),
                `${rate(so.unitsPerSecond)}/s`, `${bytes(so.bytesPerSecond)}/s`, duration(so.seconds), eta];
            [...figures.values()].forEach((place, index) => say(place, said[index]));
            steps.show(so.steps);
        }
    }

    function reasons() {
        return run.message && (run.state === 'done'
            ? make('p', {class: 'panel'}, run.message)
            : trouble(run.state === 'refused' ? 'Why it was refused' : 'Why it ended', run));
    }

    function asked() {
        const options = Object.entries(run.options ?? {}).filter(([, values]) => values.length > 0);
        return [make('h2', {id: 'asked'}, 'What was asked'),
            facts([
                ['Job', run.job], ['Input', run.input], ['Output', run.output],
                ['Existing output', run.replace ? 'is replaced when the new one is complete' : ''],
                ['Asked by', run.origin], ['Started', moment(run.startedAt)],
                ['Ended', moment(run.endedAt)], ['Run', make('code', {}, run.id)],
            ]),
            options.length > 0 && make('details', {},
                make('summary', {}, `Options (${options.length})`),
                facts(options.map(([name, values]) => [name, values.join('\n')])))];
    }

    async function act(what) {
        fill(answer);
        const before = document.activeElement;
        try {
            show(await post(`${self}/${what}`));
            announce(`The run is ${run.state}.`);
            listen();
            if (before.hidden) {
                document.querySelector('h1').focus();
            }
        } catch (refused) {
            report(answer, what === 'stop' ? 'It cannot be stopped' : 'It cannot be resumed', refused);
        }
    }

    const tell = seldom(30);

    function listen() {
        stop();
        if (atWork(run.state)) {
            stop = follow(run.links.events ?? `${self}/events`, {heard, back: look, over: () => !atWork(run.state)});
        }
    }

    function heard(next) {
        const before = run.state;
        show(next);
        before === run.state ? tell(summary(run)) : announce(`The run is ${run.state}.`);
    }

    const look = async () => show(await ask(self));

    show(run, true);
    return {
        title: `${run.job}: ${last(run.output)}`,
        content: [state, controls, answer, why, work, left.element, about],
        opened: listen,
        close: () => stop(),
    };
}

// A run that rests has no progress any more. What was last seen stays; of what is done, all is done.
function atEnd(so, state) {
    const whole = one => ({...one, doneUnits: one.plannedUnits - one.keptUnits, state: 'done'});
    return so && state === 'done' ? {...whole(so), steps: so.steps.map(whole)} : so;
}
