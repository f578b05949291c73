// Says when the service is out of reach, and when it is back.
import {say} from './element.js';
import {announce} from './announcer.js';

const waiting = new Set();

export function lost(who) {
    waiting.add(who);
    say(document.getElementById('connection'), 'Connection lost. What you see may be old. Trying again…');
}

export function mended(who) {
    if (waiting.delete(who) && waiting.size === 0) {
        say(document.getElementById('connection'), '');
        announce('Connection is back.');
    }
}
