// Everyone together: how often aspects hold, what is trending and why, how scores are distributed.

import {Patterns} from './patterns.js';
import {ASPECTS, CLASSIC, aspect, aspectName, bodyGlyph, bodyName, count, el, percent, refill, scroll, svg, when} from './words.js';

const EVERYONE = 'everyone';
const AREAS = ['emotional', 'communication', 'physical', 'spiritual', 'stability'];
const WORDS = {'aspect.held': 'held', 'aspect.formed': 'formed', 'aspect.dissolved': 'dissolved'};

export class PopulationView {
  #connection;
  #api;
  #cohort = null;
  #message = null;
  #told = null;
  #chosen = '';
  #note = el('p', {class: 'empty'});
  #content = el('div', {class: 'population', hidden: true});
  #cohorts = el('select', {id: 'cohort'});
  #aspects = el('select', {id: 'heat-aspect'}, ...Object.entries(ASPECTS).map(([id, [name]]) => el('option', {value: id}, name)));
  #window = el('p', {class: 'sub'});
  #tiles = el('dl', {class: 'tiles'});
  #heat = new Map();
  #caption = el('caption', {});
  #trending = el('tbody', {});
  #quiet = el('p', {class: 'quiet'}, 'Nothing in this window stands out from those before it. What does so shows here, if chance is an unlikely reason.');
  #table;
  #insights = el('ol', {class: 'insights'});
  #patterns = new Patterns();
  #scores = el('div', {});
  #ofNewest;

  constructor(root, connection, api, go) {
    this.#connection = connection;
    this.#api = api;
    this.#aspects.value = 'trine';
    this.#aspects.addEventListener('change', () => this.#drawHeat());
    this.#cohorts.addEventListener('change', () => go('population', this.#cohorts.value));
    this.#table = scroll('What is trending', el('table', {class: 'plain', 'data-testid': 'trending'},
      el('thead', {}, el('tr', {}, ...['Aspect', 'Now', 'Expected', 'z', 'Windows'].map((name) => el('th', {scope: 'col'}, name)))), this.#trending));
    const heat = el('div', {class: 'card'}, el('h2', {}, 'How often an aspect holds'),
      el('div', {class: 'picker'}, el('label', {for: 'heat-aspect'}, 'Aspect'), el('div', {class: 'row'}, this.#aspects)),
      el('p', {class: 'sub'}, 'The share of all pairs, whichever body is whose. The stronger the colour, the more. An arrow: more or fewer than expected. Empty: not published.'), this.#heatTable());
    const scores = el('div', {class: 'card'}, el('h2', {}, 'How scores are distributed'), this.#scores);
    this.#ofNewest = [heat, this.#patterns.element, scores];
    this.#content.append(
      this.#window, this.#tiles, heat,
      el('div', {class: 'card'}, el('h2', {}, 'What is trending, and why'), this.#quiet, this.#table),
      el('div', {class: 'card'}, el('h2', {}, 'Remarkable lately'), this.#insights),
      this.#patterns.element, scores);
    root.append(el('h1', {id: 'population-title', class: 'view-title'}, 'Everyone together'),
      el('div', {class: 'tools'}, el('div', {class: 'picker'}, el('label', {for: 'cohort'}, 'Cohort'), el('div', {class: 'row'}, this.#cohorts))),
      this.#note, this.#content);
    connection.addEventListener('trends', (event) => this.#received(event.detail));
  }

  /** A window is its start and end; without one it is the newest. */
  async enter(cohort, window) {
    const wanted = cohort ?? EVERYONE;
    this.#chosen = window;
    if (wanted === this.#cohort) {
      if (this.#message) this.#received(this.#message);
    } else {
      this.leave();
      this.#cohort = wanted;
      this.#message = null;
      this.#say('Waiting for the gateway to say what is known.');
      this.#connection.followTrends(wanted);
    }
    const known = new Set([EVERYONE, ...await this.#api.cohorts(), wanted]);
    this.#cohorts.replaceChildren(...[...known].map((name) => el('option', {value: name}, name)));
    this.#cohorts.value = wanted;
  }

  leave() {
    if (this.#cohort) this.#connection.leaveTrends(this.#cohort);
    this.#cohort = null;
  }

  #say(words) {
    this.#note.textContent = words;
    this.#note.hidden = false;
    this.#content.hidden = true;
  }

  #received(message) {
    if (message.cohort !== this.#cohort) return;
    if (!message.figures && !message.patterns) {
      this.#say(`No window of ${message.cohort} has been published. The first comes when an hour of event time has closed, and no figure rests on fewer people than the threshold: in ./run demo, where the sky moves through hours, that is a minute or so.`);
      return;
    }
    this.#message = message;
    const shown = [message, ...message.windows ?? []].find((one) => span(one) === this.#chosen) ?? message;
    this.#told = {insights: message.insights ?? [], figures: new Map((shown.figures ?? []).map((figure) => [`${figure.figure} ${figure.item ?? ''}`, {value: 0, count: 0, ...figure}]))};
    this.#note.hidden = true;
    this.#content.hidden = false;
    for (const card of this.#ofNewest) card.hidden = shown !== message;
    this.#drawWindow(message, shown);
    this.#patterns.draw(message.cohort, message.patterns);
    this.#tile();
    this.#drawHeat();
    this.#drawTrending();
    this.#drawInsights();
    this.#drawScores();
  }

  #drawWindow(message, shown) {
    const words = message.figures ? `The window from ${when(shown.windowStart)} to ${when(shown.windowEnd)}` : 'No window of figures has been published yet.';
    const past = shown !== message;
    const gone = this.#chosen && !past && span(message) !== this.#chosen;
    refill(this.#window, [this.#cohort, words, past, gone], () => past
      ? [`${words}: what was trending then. `, el('a', {href: `#population/${encodeURIComponent(this.#cohort)}`}, 'The newest window')]
      : [gone ? `The window of that link is not kept any more; this is the newest. ${words}` : words]);
  }

  #value(figure) { return this.#told.figures.get(`${figure} `)?.value; }

  #tile() {
    const entries = [['Charts', 'charts'], ['Pairs', 'pairs'], ['Pairs that changed', 'pairs.active'], ['Changes', 'pairs.changes']];
    this.#tiles.replaceChildren(...entries.map(([name, figure]) => {
      const value = this.#value(figure);
      return el('div', {class: 'card tile'}, el('dt', {}, name), el('dd', {}, value === undefined ? '–' : count(value)));
    }));
  }

  #heatTable() {
    const head = (id, scope) => el('th', {scope, title: bodyName(id)}, el('span', {'aria-hidden': 'true'}, bodyGlyph(id)), el('span', {class: 'visually-hidden'}, bodyName(id)));
    const rows = CLASSIC.map((body, row) => el('tr', {}, head(body, 'row'), ...CLASSIC.map((other, col) => {
      if (col > row) return el('td', {class: 'none'});
      const cell = el('td', {});
      this.#heat.set(`${other}-${body}`, cell);
      return cell;
    })));
    return scroll('Prevalence', el('table', {class: 'grid heat', 'data-testid': 'heat'}, this.#caption,
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, el('span', {class: 'visually-hidden'}, 'Body')), ...CLASSIC.map((id) => head(id, 'col')))), el('tbody', {}, ...rows)));
  }

  #drawHeat() {
    if (!this.#told) return;
    const id = this.#aspects.value;
    const held = [...this.#heat].map(([bodies, cell]) => [cell, this.#told.figures.get(`aspect.held ${bodies} ${id}`)]);
    const most = Math.max(...held.map(([, figure]) => figure?.value ?? 0), 1e-9);
    this.#caption.textContent = `Pairs with a ${aspect(id)[0].toLowerCase()} between two bodies`;
    for (const [cell, figure] of held) {
      const step = figure ? Math.min(4, Math.floor(5 * figure.value / most)) : 0;
      cell.className = figure ? `${aspect(id)[1]} s${step}${figure.trending ? ' lit' : ''}` : '';
      cell.replaceChildren(...figure ? [el('span', {class: 'orb'}, percent(figure.value)), direction(figure)].filter(Boolean) : []);
    }
  }

  #drawTrending() {
    const rows = this.#told.figures.values();
    const list = [...rows].filter((figure) => figure.trending && figure.deviation)
      .sort((a, b) => Math.abs(b.deviation.z) - Math.abs(a.deviation.z)).slice(0, 20);
    this.#quiet.hidden = list.length > 0;
    this.#table.hidden = list.length === 0;
    this.#trending.replaceChildren(...list.map((figure) => {
      const {z, expected, references} = figure.deviation;
      const pairs = this.#value('pairs');
      const now = figure.among ? figure.count / figure.among : pairs ? figure.count / pairs : null;
      return el('tr', {}, el('th', {scope: 'row'}, `${aspectName(figure.item)} ${WORDS[figure.figure] ?? figure.figure}`),
        el('td', {}, now === null ? count(figure.count) : `${percent(now)}, ${count(figure.count)} ${figure.among ? 'pairs' : 'times'}`),
        el('td', {}, percent(expected)), el('td', {}, `${z > 0 ? '+' : ''}${z.toFixed(1)}`), el('td', {}, String(references)));
    }));
  }

  #drawInsights() {
    const list = this.#told.insights;
    refill(this.#insights, list, () => list.length === 0
      ? [el('li', {class: 'quiet'}, 'Nothing in the last windows. A figure is compared with at least eight windows before its own.')]
      : list.map((one) => el('li', {}, one.link ? el('a', {href: `#population/${one.link}`}, one.insight) : one.insight, el('small', {}, ` ${when(one.windowStart)}`))));
  }

  /** For each model that scores: a bar for five points, and what stands between them as numbers. */
  #drawScores() {
    const models = new Map();
    for (const figure of this.#told.figures.values()) {
      const match = /^score\.(bin|mean|quantile|area)$/.exec(figure.figure);
      if (!match) continue;
      const [model, part] = (figure.item ?? '').split(' ');
      const of = models.get(model) ?? {bin: [], quantile: [], area: [], mean: []};
      models.set(model, of);
      of[match[1]].push([part, figure.value, figure]);
    }
    refill(this.#scores, [...models], () => models.size === 0 ? [el('p', {class: 'quiet'}, 'No score of enough people has been published.')]
      : [...models].map(([model, of]) => this.#distribution(model, of)));
  }

  #distribution(model, {bin, quantile, area, mean}) {
    const bins = bin.map(([range, share, figure]) => [Number(range.split('-')[0]), range, share, figure.count]).sort((a, b) => a[0] - b[0]);
    const most = Math.max(...bins.map(([, , share]) => share), 1e-9);
    const bars = bins.map(([from, , share]) => svg('rect', {x: 3 * from + 1, y: 100 - 100 * share / most, width: 13, height: 100 * share / most, rx: 2}));
    const facts = [...mean.map(([, value]) => `mean ${value.toFixed(1)}`),
      ...quantile.sort((a, b) => a[0] - b[0]).map(([rank, value]) => `${(100 * rank).toFixed(0)} of 100 up to ${value.toFixed(1)}`)];
    const areas = AREAS.flatMap((name) => area.filter(([part]) => part === name).map(([, value]) => `${name} ${value.toFixed(1)}`));
    return el('section', {class: 'distribution', 'data-key': model}, el('h3', {}, `By ${model}`),
      svg('svg', {viewBox: '0 0 302 116', class: 'histogram', 'aria-hidden': 'true'}, ...bars, svg('line', {x1: 0, x2: 302, y1: 100.5, y2: 100.5}),
        ...[0, 25, 50, 75, 100].map((score) => svg('text', {x: 3 * score + 1, y: 112, 'text-anchor': score === 0 ? 'start' : score === 100 ? 'end' : 'middle'}, String(score)))),
      el('p', {class: 'sub'}, facts.join(', ')), areas.length > 0 ? el('p', {class: 'sub'}, `Areas: ${areas.join(', ')}`) : null,
      el('details', {}, el('summary', {}, 'As a table'), scroll('Scores', el('table', {class: 'plain'}, el('thead', {}, el('tr', {}, ...['Score', 'Share', 'Pairs'].map((name) => el('th', {scope: 'col'}, name)))),
        el('tbody', {}, ...bins.map(([, range, share, pairs]) => el('tr', {}, el('th', {scope: 'row'}, range.replace('-', ' to ')), el('td', {}, percent(share)), el('td', {}, count(pairs)))))))));
  }
}

function span(window) { return `${window.windowStart}/${window.windowEnd}`; }

function direction(figure) {
  if (!figure.trending || !figure.deviation) return null;
  const up = figure.deviation.z > 0;
  return el('span', {class: 'way'}, el('span', {'aria-hidden': 'true'}, up ? '▲' : '▼'), el('span', {class: 'visually-hidden'}, up ? ' trending up' : ' trending down'));
}

