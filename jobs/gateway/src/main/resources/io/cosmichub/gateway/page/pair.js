// One pair: wheel, grid, what changed just now, score.

import {Score} from './score.js';
import {Wheel} from './wheel.js';
import {ASPECTS, CLASSIC, aspect, bodyGlyph, bodyName, aspectIcon, clock, el, orb, refill, reword, sentence, when} from './words.js';

const LIT_MILLIS = 2_600;
const KEPT_CHANGES = 40;
const SPOKEN_EVERY = 5_000;
const NONE = new Map();

export class PairPanel {
  #connection;
  #options;
  #wheel = new Wheel();
  #grid = new Map();
  #changes = el('ol', {class: 'changes', tabindex: '0', 'aria-label': 'What changed, newest first'});
  #spoken = el('p', {class: 'visually-hidden', 'aria-live': 'polite'});
  #heading;
  #sub = el('p', {class: 'sub'});
  #hidden = new Set(); // charts that the token does not allow
  #unseen = el('p', {class: 'sub unseen'});
  #hint = el('p', {class: 'empty', hidden: true});
  #body = el('div', {class: 'pair', hidden: true});
  #score = new Score();
  #lit = new Map();
  #lastSpoken = 0;
  #shownAt = null;
  #frame = 0;
  #fading = 0;
  pair = null;

  constructor(connection, options) {
    this.#connection = connection;
    this.#options = options;
    this.#heading = el('h2', {class: 'pair-name'}, '');
    this.element = el('div', {class: 'panel'}, this.#hint, this.#body, this.#spoken);
    this.#body.append(
      el('div', {class: 'card wheel-card'}, this.#heading, this.#sub, this.#unseen, this.#wheel.element),
      el('div', {class: 'side'}, this.#score.element, el('div', {class: 'card'}, el('h3', {}, 'Just now'), this.#changes)),
      el('div', {class: 'card grid-card'}, el('h3', {}, 'Aspects'), el('p', {class: 'sub'}, 'Rows: bodies of A. Columns: bodies of B. A filled cell holds an aspect and its orb.'), this.#table(), legend()),
    );
    for (const type of ['snapshot', 'delta']) connection.addEventListener(type, (event) => this.#told(event.detail));
    connection.addEventListener('positions', (event) => this.#placed(event.detail));
    connection.addEventListener('pending', (event) => { if (event.detail.pair === this.pair) this.say(`Nothing has come of ${this.pair} yet. It shows here with its next change, if it is watched. Watch it under `, tryIt(), '.'); });
    connection.addEventListener('error', (event) => this.#refused(event.detail));
    connection.addEventListener('ended', (event) => { if (event.detail.pair === this.pair) this.#ended(); });
  }

  /** Instead of a pair: what to do. */
  say(...words) {
    this.#hint.replaceChildren(...words);
    this.#hint.hidden = false;
    this.#body.hidden = true;
  }

  show(pair) {
    if (pair === this.pair) return;
    this.hide();
    this.pair = pair;
    this.#forget();
    this.say(`Waiting for ${pair}. If nothing comes, the pair may not be watched: its id is that of a pair watch.`);
    this.#connection.follow(pair);
    if (this.state) this.#told({pair});
  }

  #forget() {
    this.#shownAt = null;
    this.#lit.clear();
    this.#score.begin();
    this.#changes.replaceChildren(el('li', {class: 'quiet'}, 'Nothing has changed since you came.'));
  }

  #ended() {
    this.#forget();
    this.say(`${this.pair} has ended: nobody watches it any more, or a chart was erased.`);
  }

  hide() {
    if (!this.pair) return;
    this.#compare([]);
    this.#connection.leave(this.pair);
    this.pair = null;
  }

  #charts = [];

  /** Follows where the bodies of these charts stand, and of no others. */
  #compare(charts) {
    const before = this.#charts;
    if (charts.length === before.length && charts.every((chart, index) => chart === before[index])) return;
    this.#charts = charts;
    this.#hidden.clear();
    this.#unseen.textContent = '';
    for (const chart of charts) this.#connection.followPositions(chart);
    for (const chart of before) this.#connection.leavePositions(chart);
  }

  get state() { return this.#connection.states.get(this.pair); }
  get places() { return this.#charts.map((chart) => this.#connection.places.get(chart)); }

  #told(message) {
    if (message.pair !== this.pair) return;
    const state = this.state;
    if (!state) return;
    this.#compare([state.chartA, state.chartB]);
    this.#note(message.changes ?? []);
    this.#score.remember(state.score);
    this.#options.remember?.(state, this.places);
    this.#redraw();
  }

  #placed(message) {
    if (!this.#charts.includes(message.chart)) return;
    this.#options.placed?.(message);
    this.#redraw();
  }

  /** The gateway says why something of this pair does not come. */
  #refused({about, code, reason}) {
    if (about === this.pair && !this.state) this.say(`${about} cannot be followed: ${reason}.`);
    else if (code === 'NOT_ALLOWED' && this.#charts.includes(about)) {
      this.#hidden.add(about);
      this.#unseen.textContent = `The token does not show where the bodies of ${[...this.#hidden].join(' and ')} stand.`;
    }
  }

  /** Draws the latest once, with the next frame, however much comes before it. */
  #redraw() {
    if (this.#frame || this.#shownAt) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.pair && !this.#shownAt) this.draw();
    });
  }

  /** Draws the latest, or a moment that was kept. */
  draw(moment = null) {
    this.#shownAt = moment;
    const state = moment?.state ?? this.state;
    if (!state) return;
    this.#hint.hidden = true;
    this.#body.hidden = false;
    reword(this.#heading, state.pair);
    reword(this.#sub, `${state.chartA} inside, ${state.chartB} outside${state.eventTime ? ` · ${when(state.eventTime)}` : ''}`);
    this.#drawWheel(state, moment?.places ?? this.places);
    this.#drawGrid(state);
    this.#score.draw(state.score);
    this.#options.drawn?.(state);
  }

  #drawWheel(state, places) {
    if (state) this.#wheel.draw([state.chartA, state.chartB], places, state.cells, this.#shownAt ? NONE : this.#lit);
  }

  #table() {
    const head = el('tr', {}, el('th', {scope: 'col'}, el('span', {class: 'visually-hidden'}, 'Body of A, down; body of B, across')),
      ...CLASSIC.map((id) => el('th', {scope: 'col', title: bodyName(id)}, el('span', {'aria-hidden': 'true'}, bodyGlyph(id)), el('span', {class: 'visually-hidden'}, bodyName(id)))));
    const rows = CLASSIC.map((a) => el('tr', {}, el('th', {scope: 'row', title: bodyName(a)}, el('span', {'aria-hidden': 'true'}, bodyGlyph(a)), el('span', {class: 'visually-hidden'}, bodyName(a))),
      ...CLASSIC.map((b) => {
        const cell = el('td', {});
        this.#grid.set(`${a} ${b}`, cell);
        return cell;
      })));
    return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Aspect grid'},
      el('table', {class: 'grid', 'data-testid': 'grid'}, el('caption', {class: 'visually-hidden'}, 'Aspects between the bodies of A and of B'), el('thead', {}, head), el('tbody', {}, ...rows)));
  }

  #drawGrid(state) {
    for (const [key, cell] of this.#grid) {
      const held = state.cells.get(key);
      const text = held ? `${held.aspect} ${held.orb}` : '';
      const lit = this.#lit.has(key) && !this.#shownAt;
      cell.classList.toggle('lit', lit);
      if (cell.dataset.content === text) continue;
      cell.dataset.content = text;
      if (!held) {
        cell.className = lit ? 'lit' : '';
        cell.replaceChildren();
        continue;
      }
      const [name, nature, most] = aspect(held.aspect);
      cell.className = `${nature} s${Math.max(0, Math.min(4, Math.floor(5 * (1 - held.orb / most))))}${lit ? ' lit' : ''}`;
      cell.replaceChildren(aspectIcon(held.aspect),
        el('span', {class: 'visually-hidden'}, `${name} `), el('span', {class: 'orb'}, orb(held.orb)));
    }
  }

  /** Lights what changed, lists it, and has it said now and then. */
  #note(changes) {
    if (changes.length === 0) return;
    const until = Date.now() + LIT_MILLIS;
    const notable = changes.filter((change) => change.change !== 'ORB_CHANGED');
    const named = notable.length > 0 ? notable : changes.slice(0, 3);
    for (const change of named) this.#lit.set(`${change.bodyA} ${change.bodyB}`, until);
    this.#fading ||= setTimeout(() => this.#fade(), LIT_MILLIS);
    const time = clock(new Date());
    const items = named.map((change) => el('li', {class: kindOf(change)}, aspectIcon(change.aspect ?? change.previousAspect), el('span', {}, sentence(change)), el('time', {}, time)));
    this.#changes.querySelector('.quiet')?.remove();
    this.#changes.prepend(...items);
    while (this.#changes.children.length > KEPT_CHANGES) this.#changes.lastElementChild.remove();
    if (notable.length > 0 && Date.now() - this.#lastSpoken > SPOKEN_EVERY) {
      this.#lastSpoken = Date.now();
      this.#spoken.textContent = notable.slice(0, 3).map(sentence).join('. ');
    }
  }

  /** Puts out what has been lit for long enough, and comes back for the rest. */
  #fade() {
    const now = Date.now();
    const before = this.#lit.size;
    for (const [key, end] of this.#lit) if (end <= now) this.#lit.delete(key);
    if (this.#lit.size < before) this.#redraw();
    this.#fading = this.#lit.size === 0 ? 0 : setTimeout(() => this.#fade(), Math.min(...this.#lit.values()) - now);
  }
}

const tryIt = () => el('a', {href: '#send'}, 'Try it');
const kindOf = (change) => change.change === 'DISSOLVED' ? 'gone' : aspect(change.aspect)[1];

function legend() {
  return el('ul', {class: 'legend'}, ...Object.entries(ASPECTS).map(([id, [name, nature]]) => el('li', {class: nature}, aspectIcon(id), name)));
}

/** A field that finds pairs as one types. */
export function picker({label, id, placeholder, api, load, open}) {
  const list = el('datalist', {id: `${id}-list`});
  const input = el('input', {id, list: `${id}-list`, placeholder, autocomplete: 'off', spellcheck: 'false', type: 'search'});
  let timer = 0;
  const look = async () => {
    const found = await load(api, input.value.trim());
    list.replaceChildren(...found.map((value) => el('option', {value})));
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 150); });
  input.addEventListener('focus', look);
  return el('form', {class: 'picker', onsubmit: (event) => { event.preventDefault(); if (input.value.trim()) open(input.value.trim()); }},
    el('label', {for: id}, label), el('div', {class: 'row'}, input, el('button', {type: 'submit'}, 'Show')), list);
}

export class PairView {
  #panel;
  #api;
  #suggestions = el('ul', {class: 'chips'});
  #threshold = el('input', {id: 'threshold', type: 'number', min: '0', max: '100', step: '0.1', value: '70'});
  #alerts = el('p', {class: 'sub', role: 'status'});
  #asked = null;

  constructor(root, connection, api, go) {
    this.#api = api;
    this.#panel = new PairPanel(connection, {});
    const set = () => {
      const pair = this.#panel.pair;
      const threshold = Number(this.#threshold.value);
      if (!pair || !Number.isFinite(threshold)) return;
      connection.follow(pair); // for itself: another pair may be shown meanwhile
      if (this.#asked) {
        connection.alert(this.#asked.pair, this.#asked.threshold, false);
        connection.leave(this.#asked.pair);
      }
      this.#asked = {pair, threshold};
      connection.alert(pair, threshold, true);
      this.#alerts.textContent = `You are told when ${pair} crosses ${threshold}.`;
    };
    connection.addEventListener('hello', () => { if (this.#asked) connection.alert(this.#asked.pair, this.#asked.threshold, true); });
    connection.addEventListener('error', ({detail: {about, code, reason}}) => {
      if (code !== 'NO_ALERT' || this.#asked?.pair !== about) return;
      this.#asked = null;
      connection.leave(about);
      this.#alerts.textContent = `There is no alert for ${about}: ${reason}.`;
    });
    const crossed = ({pair, threshold, was, now}) => { this.#alerts.textContent = `${pair} crossed ${threshold}: from ${was.toFixed(1)} to ${now.toFixed(1)}.`; };
    connection.addEventListener('alert', (event) => crossed(event.detail));
    connection.addEventListener('snapshot', ({detail: {pair, was, score}}) => {
      if (this.#asked?.pair !== pair || was === undefined || !score) return;
      const {threshold} = this.#asked;
      if ((was < threshold) !== (score.overall < threshold)) crossed({pair, threshold, was, now: score.overall}); // while there was no connection
    });
    root.append(
      el('h1', {id: 'pair-title', class: 'view-title'}, 'A pair, as it stands and as it moves'),
      el('div', {class: 'tools'},
        picker({label: 'Pair', id: 'pair-id', placeholder: 'couple-0001', api, load: async (a, text) => (await a.pairs(text)).map((pair) => pair.id), open: (pair) => go('pair', pair)}),
        el('form', {class: 'picker', onsubmit: (event) => { event.preventDefault(); set(); }}, el('label', {for: 'threshold'}, 'Tell me when the score crosses'), el('div', {class: 'row'}, this.#threshold, el('button', {type: 'submit'}, 'Set')))),
      this.#alerts, this.#suggestions, this.#panel.element);
  }

  async enter(pair) {
    if (pair) this.#panel.show(pair);
    else if (!this.#panel.pair) this.#panel.say('Choose a pair above by its id, or take one of the best matches. No pairs yet? Watch one under ', tryIt(), ', write to cosmichub.pair.watches.v1, or start ./run demo.');
    const [best, some] = await Promise.all([this.#api.best(), this.#api.pairs('couple')]);
    const first = best.slice(0, 6);
    const others = some.filter((one) => !first.some((match) => match.id === one.id)).slice(0, 3);
    const chips = [...first.map((match) => [match.id, match.overall.toFixed(1)]), ...others.map((one) => [one.id, ''])];
    refill(this.#suggestions, chips, () => chips.map(([id, overall]) => el('li', {}, el('a', {href: `#pair/${encodeURIComponent(id)}`}, id, overall ? el('b', {}, ` ${overall}`) : null))));
  }

  leave() {}
}
