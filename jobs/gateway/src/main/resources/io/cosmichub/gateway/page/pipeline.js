// The job that computes it all: how much, how fast, by what.

import {SECONDS, clock, count, course, el, moment, onScheme, renew} from './words.js';

const HEIGHT = 220;
const AGES = /^update_age_ms (.+) p(0\.5|0\.99)$/;

export class PipelineView {
  #connection;
  #tiles = el('dl', {class: 'tiles'});
  #stages = el('tbody', {});
  #plotHost = el('div', {class: 'plot'});
  #note = el('p', {class: 'empty'}, 'Waiting for the first figures of the job; they come every two seconds.');
  #content = el('div', {hidden: true});
  #plot = null;
  #data = [[], [], []];
  #before = null;
  #flink = el('p', {});
  #info = null;

  constructor(root, connection, api, go, info) {
    this.#connection = connection;
    this.#info = info;
    this.#content.append(this.#tiles,
      el('div', {class: 'card'}, el('h2', {}, 'Pairs and deltas a second'), el('p', {class: 'sub'}, 'Pairs: the broad line in gold. Deltas: the dashed one in green.'), this.#plotHost),
      el('div', {class: 'card'}, el('h2', {}, 'How old an update is, by step'), el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Latency by step'},
        el('table', {class: 'plain'}, el('caption', {}, 'Milliseconds from the broker’s time of the record'), el('thead', {}, el('tr', {}, ...['Step', 'Median', '99 of 100'].map((name) => el('th', {scope: 'col'}, name)))), this.#stages))));
    root.append(el('h1', {id: 'pipeline-title', class: 'view-title'}, 'The pipeline'), this.#note, this.#content, this.#flink);
    connection.addEventListener('pipeline', (event) => this.#told(event.detail));
    new ResizeObserver(() => this.#plot?.setSize({width: this.#plotHost.clientWidth, height: HEIGHT})).observe(this.#plotHost);
    onScheme(() => {
      this.#plot?.destroy();
      this.#plot = null;
      this.#plotData();
    });
  }

  enter() {
    this.#connection.followPipeline(true);
    const info = this.#info();
    if (info && !info.pipeline) this.#say('This gateway does not know where the job’s figures are: set cosmichub.gateway.pipeline.metrics.');
    if (info?.flinkPage) this.#flink.replaceChildren(el('a', {href: info.flinkPage, rel: 'noreferrer'}, 'Flink’s own page'));
  }

  leave() { this.#connection.followPipeline(false); }

  #say(words) {
    this.#note.textContent = words;
    this.#note.hidden = false;
  }

  #told(figures) {
    if (!figures.reachable) {
      const since = this.#before ? ` What you see is from ${moment(new Date(1000 * this.#before.now))}.` : '';
      this.#say(`The job’s figures cannot be read now: it may be starting, or gone.${since} The view comes back by itself.`);
      return;
    }
    this.#note.hidden = true;
    this.#content.hidden = false;
    const now = Date.now() / 1000, at = new Date(figures.at) / 1000;
    const {sums, quantiles} = figures;
    const last = this.#before;
    if (last && at <= last.at) return; // told again to who comes back
    this.#before = {now, at, sums};
    const rate = (name) => last && sums[name] >= last.sums[name] ? (sums[name] - last.sums[name]) / (at - last.at) : null;
    const live = quantiles['update_to_live_ms p0.5'], slow = quantiles['update_to_live_ms p0.99'];
    const hits = sums.hot_state_hits, misses = sums.hot_state_misses;
    const perSecond = (value) => value === null ? '…' : count(value);
    this.#tile([
      ['Pairs a second', perSecond(rate('pairs_recomputed'))],
      ['Deltas a second', perSecond(rate('deltas_out'))],
      ['Update to live', live === undefined ? '–' : `${count(live)} ms`, slow === undefined ? '' : `99 of 100 within ${count(slow)} ms`],
      ['Kernel', figures.kernels.join(', ') || '–'],
      ['Hot state', hits + misses > 0 ? `${(100 * hits / (hits + misses)).toFixed(1)} %` : '–', 'reads that need no RocksDB'],
      ['Pairs computed', count(sums.pairs_recomputed ?? 0)],
    ]);
    this.#rows(quantiles);
    if (last) this.#draw(now, rate('pairs_recomputed'), rate('deltas_out'));
  }

  #tile(entries) {
    this.#tiles.replaceChildren(...entries.map(([name, value, more]) => el('div', {class: 'card tile'}, el('dt', {}, name), el('dd', {}, value, more ? el('small', {}, more) : null))));
  }

  #rows(quantiles) {
    const steps = new Map();
    for (const [name, value] of Object.entries(quantiles)) {
      const match = AGES.exec(name);
      if (match) steps.set(match[1], {...steps.get(match[1]), [match[2]]: value});
    }
    const rows = [...steps].sort(([, a], [, b]) => (a['0.5'] ?? 0) - (b['0.5'] ?? 0));
    const cell = (value) => el('td', {}, value === undefined ? '–' : value.toFixed(0));
    this.#stages.replaceChildren(...rows.map(([step, ages]) => el('tr', {}, el('th', {scope: 'row'}, step.replaceAll('_', ' ')), cell(ages['0.5']), cell(ages['0.99']))));
  }

  #draw(now, pairs, deltas) {
    this.#data[0].push(now);
    this.#data[1].push(pairs);
    this.#data[2].push(deltas);
    if (this.#data[0].length > 300) this.#data.forEach((values) => values.shift());
    this.#plotData();
  }

  #plotData() {
    if (this.#data[0].length < 2 || !globalThis.uPlot) return;
    renew(this.#plotHost, {role: 'img', 'aria-label': `${course('Pairs a second', this.#data[1], count)}. ${course('Deltas a second', this.#data[2], count)}`});
    if (this.#plot) {
      this.#plot.setData(this.#data);
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const axis = {stroke: color('--muted'), grid: {stroke: color('--rule'), width: 1}, ticks: {show: false}, font: '11px system-ui'};
    this.#plot = new globalThis.uPlot({
      width: this.#plotHost.clientWidth || 600, height: HEIGHT, legend: {show: false}, cursor: {show: false}, padding: [null, 38, null, null],
      scales: {y: {range: (plot, least, most) => [0, Math.max(1, 1.1 * most)]}},
      axes: [{...axis, grid: {show: false}, space: 90, incrs: SECONDS, values: (plot, splits) => splits.map((second) => clock(new Date(1000 * second)))}, {...axis, size: 62}],
      series: [{}, {stroke: color('--gold'), width: 5, points: {show: false}}, {stroke: color('--harmonious'), width: 2, dash: [7, 5], points: {show: false}}],
    }, this.#data, this.#plotHost);
  }
}

