// The sky over one chart: its transits as they move, and back through what has come so far.

import {PairPanel, picker} from './pair.js';
import {aspect, aspectIcon, bodyName, el, orb, renew, reword, when} from './words.js';

const KEPT = 720;
const TRANSIT = 'transit-';

export class SkyView {
  #panel;
  #api;
  #moments = [];
  #range = el('input', {id: 'scrubber', type: 'range', min: '0', max: '0', value: '0', step: '1', disabled: true});
  #label = el('output', {for: 'scrubber', class: 'moment'}, 'live');
  #live = el('button', {type: 'button', disabled: true, onclick: () => this.#goLive()}, 'Back to now');
  #closest = el('ol', {class: 'closest'});
  #following = true;
  #told = null; // the state that the list is of

  constructor(root, connection, api, go) {
    this.#api = api;
    this.#panel = new PairPanel(connection, {
      remember: (state, places) => this.#remember(state, places),
      placed: (message) => this.#placed(message),
      drawn: (state) => this.#tell(state),
    });
    connection.addEventListener('ended', ({detail: {pair}}) => { if (pair === this.#panel.pair) this.#anew(); });
    this.#range.addEventListener('input', () => this.#scrub());
    root.append(
      el('h1', {id: 'sky-title', class: 'view-title'}, 'The sky over a chart'),
      el('div', {class: 'tools'},
        picker({label: 'Chart', id: 'chart-id', placeholder: 'person-0244', api,
          load: async (a, text) => (await a.pairs(TRANSIT + text)).map((pair) => pair.id.slice(TRANSIT.length)), open: (chart) => go('sky', chart)}),
        el('div', {class: 'picker grow'}, el('label', {for: 'scrubber'}, 'Moment'), el('div', {class: 'row'}, this.#range, this.#live), this.#label)),
      el('div', {class: 'card'}, el('h2', {}, 'Closest aspects'), this.#closest),
      this.#panel.element);
  }

  async enter(chart) {
    if (chart) {
      const pair = TRANSIT + chart;
      if (this.#panel.pair !== pair) this.#anew();
      this.#panel.show(pair);
    } else if (!this.#panel.pair) {
      this.#panel.say('Choose a chart above. The sky must be paired with it: a watch transit-<chart> of the chart sky and that chart, as ./run demo makes for every person.');
      const [first] = await this.#api.pairs(TRANSIT);
      if (first && !this.#panel.pair) location.hash = `#sky/${encodeURIComponent(first.id.slice(TRANSIT.length))}`;
    }
  }

  leave() {}

  /** Of another chart nothing has been kept, of one that has ended nothing stays, and it is followed live. */
  #anew() {
    this.#moments = [];
    this.#following = true;
    this.#range.max = this.#range.value = '0';
    this.#range.disabled = this.#live.disabled = true;
    this.#range.removeAttribute('aria-valuetext');
    this.#label.textContent = 'live';
    this.#told = null;
    this.#closest.replaceChildren();
  }

  #remember(state, places) {
    this.#moments.push({state, places});
    if (this.#moments.length > KEPT) {
      this.#moments.shift();
      const shown = Number(this.#range.value);
      if (!this.#following && shown === 0) this.#scrub(); // the moment that was shown is forgotten
      else if (!this.#following) this.#range.value = String(shown - 1);
    }
    this.#range.disabled = this.#moments.length < 2;
    this.#range.max = String(this.#moments.length - 1);
    if (this.#following) this.#range.value = this.#range.max;
  }

  /** Where a body has come to is mostly told before the aspects that it makes there: only what belongs to the last moment is put to it. */
  #placed({chart, revision, positions}) {
    const last = this.#moments.at(-1);
    if (!last || !positions) return;
    const {chartA, revisionA, revisionB} = last.state;
    const [side, seen] = chart === chartA ? [0, revisionA] : [1, revisionB];
    if (!last.places[side] || BigInt(revision) <= BigInt(seen)) last.places[side] = positions;
  }

  #scrub() {
    const index = Number(this.#range.value);
    this.#following = index >= this.#moments.length - 1;
    this.#live.disabled = this.#following;
    this.#panel.draw(this.#following ? null : this.#moments[index]);
  }

  #goLive() {
    this.#range.value = this.#range.max;
    this.#scrub();
    this.#range.focus();
  }

  /** Says of what is drawn when it is, and what is closest then. */
  #tell(state) {
    const words = `${when(state.eventTime)}${this.#following ? ', live' : ''}`;
    reword(this.#label, words);
    renew(this.#range, {'aria-valuetext': words});
    if (state === this.#told) return;
    this.#told = state;
    const tight = [...state.cells.values()].sort((a, b) => a.orb - b.orb).slice(0, 5);
    this.#closest.replaceChildren(...tight.map((held) => el('li', {class: aspect(held.aspect)[1]},
      aspectIcon(held.aspect), `${bodyName(held.bodyA)} ${aspect(held.aspect)[0].toLowerCase()} your ${bodyName(held.bodyB)}, ${orb(held.orb)}`)));
  }
}
