// What starts by itself, and when; and job files that cannot, with the reason.
import {ask} from './api.js';
import {make, table} from './element.js';
import {moment} from './words.js';
import {rhythm} from './rhythm.js';
import {empty, trouble} from './trouble.js';

export async function schedulesView() {
    const {jobFiles} = await ask('/api/v1/job-files');
    const broken = jobFiles.filter(file => file.problem);
    const timed = jobFiles.filter(file => !file.problem && (file.schedule || file.watch))
        .sort((one, other) => (one.next ?? '9').localeCompare(other.next ?? '9'));
    const again = make('button', {type: 'button', click: () => dispatchEvent(new Event('hashchange'))}, 'Look again');
    return {
        title: 'Schedules',
        content: [
            make('p', {class: 'bar quiet'}, make('span', {}, 'As of ', moment(new Date().toISOString())), again),
            broken.length > 0 && make('section', {'aria-labelledby': 'broken'},
                make('h2', {id: 'broken'}, 'Cannot run'),
                broken.map(({file, problem}) => trouble(file, {...problem, message: problem.detail}))),
            timed.length > 0
                ? make('section', {class: 'panel'}, table({
                    title: 'Job files that start by themselves',
                    columns: ['File', 'Job', 'From and to', 'Starts', 'Next'],
                    rows: timed.map(file => [
                        make('a', {href: `#/start/file/${encodeURIComponent(file.file)}`}, file.file), file.job,
                        `${file.input} → ${file.output}`, rhythm({...file, next: null}), file.next ? moment(file.next) : 'on arrival']),
                }))
                : empty('Nothing starts by itself.', 'Write a schedule: (cron and zone) or a watch: (folder and pattern) into a job file.'),
        ],
    };
}
