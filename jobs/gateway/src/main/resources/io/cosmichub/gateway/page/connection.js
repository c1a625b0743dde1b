// One WebSocket that comes back by itself: what is followed, what each pair is known to be, and whether that is fresh.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const QUIET_BEATS = 3;
const QUIET_MILLIS = 10_000;

/** How long to wait before the next try: doubled each time, and anywhere in the upper half of that, so that those who were cut off together do not come back together. */
export function waitBefore(attempt, random) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.5 + random / 2);
}

export class Connection extends EventTarget {
  #socket = null;
  #pairs = new Map();      // id -> how many views follow it
  #positions = new Map();
  #trends = new Map();
  #pipeline = false;
  #experiments = false;
  #attempt = 0;
  #timer = 0;
  #watchdog = 0;
  #heartbeat = 15_000;
  #token = null;
  states = new Map();      // id -> {version, cells: Map, score, …}
  places = new Map();      // chart -> positions
  state = 'connecting';
  since = new Date();
  freshest = null;         // when the last message came
  newest = null;           // when Kafka had the newest record of any pair, as the gateway says
  quiet = false;           // whether that is long ago

  get token() { return this.#token; }

  useToken(token) {
    this.#token = token;
    this.#attempt = 0;
    this.connect();
  }

  headers() {
    return this.#token ? {Authorization: `Bearer ${this.#token}`} : {};
  }

  /** The headers, or null where the token is none that a header can hold. */
  #sendable() {
    try {
      return new Headers(this.headers());
    } catch {
      return null;
    }
  }

  async connect() {
    clearTimeout(this.#timer);
    this.#enter(this.#attempt === 0 ? 'connecting' : 'lost');
    try {
      const protocols = ['cosmichub.v1'];
      const headers = this.#sendable();
      if (!headers) return this.#enter('denied');
      const signal = AbortSignal.timeout(LONGEST_WAIT);
      // Of the status of an upgrade that fails a page never hears, so it asks by plain HTTP first.
      const answer = this.#token ? await fetch('api/ticket', {method: 'POST', headers, signal}) : await fetch('api/session', {signal});
      if (answer.status === 401) return this.#enter('denied');
      if (answer.status === 403) return this.#enter('refused'); // a page of this origin
      if (!answer.ok) return this.#again();
      if (this.#token) protocols.push(`ticket.${(await answer.json()).ticket}`);
      const address = new URL('live', location.href);
      address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(address, protocols);
      this.#socket = socket;
      socket.onmessage = (event) => { if (socket === this.#socket) this.#received(JSON.parse(event.data)); };
      socket.onclose = (event) => this.#closed(socket, event.code);
      this.#watch(LONGEST_WAIT);
    } catch {
      this.#again();
    }
  }

  follow(pair) { this.#enlist(this.#pairs, pair, () => this.#send({type: 'subscribe', pairs: [this.#wanted(pair)]})); }
  leave(pair) { this.#dismiss(this.#pairs, pair, () => { this.states.delete(pair); this.#send({type: 'unsubscribe', pairs: [pair]}); }); }
  followPositions(chart) { this.#enlist(this.#positions, chart, () => this.#send({type: 'subscribe', positions: [chart]})); }
  leavePositions(chart) { this.#dismiss(this.#positions, chart, () => { this.places.delete(chart); this.#send({type: 'unsubscribe', positions: [chart]}); }); }
  followPipeline(on) { this.#pipeline = on; this.#send({type: on ? 'subscribe' : 'unsubscribe', pipeline: true}); }
  followTrends(cohort) { this.#enlist(this.#trends, cohort, () => this.#send({type: 'subscribe', trends: [cohort]})); }
  leaveTrends(cohort) { this.#dismiss(this.#trends, cohort, () => this.#send({type: 'unsubscribe', trends: [cohort]})); }
  followExperiments(on) { this.#experiments = on; this.#send({type: on ? 'subscribe' : 'unsubscribe', experiments: true}); }
  alert(pair, threshold, on) { this.#send({type: 'alert', pair, threshold, on}); }

  #enlist(map, id, first) {
    const before = map.get(id) ?? 0;
    map.set(id, before + 1);
    if (before === 0) first();
  }

  #dismiss(map, id, last) {
    const before = map.get(id) ?? 0;
    if (before > 1) map.set(id, before - 1);
    else if (before === 1) { map.delete(id); last(); }
  }

  #wanted(pair) {
    const known = this.states.get(pair);
    return known ? {id: pair, version: known.version} : pair;
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN && this.state === 'open') this.#socket.send(JSON.stringify(message));
  }

  #received(message) {
    this.freshest = new Date();
    this.#watch();
    switch (message.type) {
      case 'hello':
        this.#attempt = 0;
        this.#heartbeat = message.heartbeatMillis;
        this.#enter('open');
        this.#send({
          type: 'subscribe', pairs: [...this.#pairs.keys()].map((pair) => this.#wanted(pair)),
          positions: [...this.#positions.keys()],
          trends: [...this.#trends.keys()], pipeline: this.#pipeline, experiments: this.#experiments,
        });
        break;
      case 'snapshot': this.#snapshot(message); break;
      case 'delta': this.#delta(message); this.#hush(false); break;
      case 'heartbeat': this.#beat(message); break;
      case 'ended': this.states.delete(message.pair); break;
      case 'positions': this.places.set(message.chart, message.positions ?? null); break;
      default:
    }
    this.dispatchEvent(new CustomEvent(message.type, {detail: message}));
  }

  /** The connection may be well while nothing comes through it: the gateway says how new the newest record is. */
  #beat({at, newest}) {
    this.newest = newest ? new Date(newest) : null;
    this.#hush(!newest || new Date(at) - this.newest > Math.max(QUIET_MILLIS, QUIET_BEATS * this.#heartbeat));
  }

  #hush(quiet) {
    const other = quiet !== this.quiet;
    this.quiet = quiet;
    if (other || quiet) this.dispatchEvent(new Event('state'));
  }

  #snapshot(message) {
    const before = this.states.get(message.pair);
    const cells = new Map(message.aspects.map((held) => [`${held.bodyA} ${held.bodyB}`, held]));
    message.changes = before ? between(before.cells, cells) : [];
    message.was = before?.score?.overall;
    this.states.set(message.pair, {...message, cells});
  }

  #delta(message) {
    const known = this.states.get(message.pair);
    if (!known || known.version !== message.from) { // cannot be; begin anew rather than show what is wrong
      this.states.delete(message.pair);
      this.#send({type: 'unsubscribe', pairs: [message.pair]});
      this.#send({type: 'subscribe', pairs: [message.pair]});
      return;
    }
    const cells = new Map(known.cells);
    for (const change of message.changes) {
      const key = `${change.bodyA} ${change.bodyB}`;
      if (change.aspect) cells.set(key, {bodyA: change.bodyA, bodyB: change.bodyB, aspect: change.aspect, orb: change.orb});
      else cells.delete(key);
    }
    this.states.set(message.pair, {...known, ...message, cells});
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#watchdog);
    if (code === 4401) this.#enter('denied');
    else this.#again();
  }

  #again() {
    const wait = waitBefore(this.#attempt++, Math.random());
    this.#enter('lost');
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  /** Silence of three heartbeats is a close: for the other side to agree to one, a browser would wait a minute, and the page would say that it is live. */
  #watch(patience = 3 * this.#heartbeat + 2_000) {
    clearTimeout(this.#watchdog);
    const socket = this.#socket;
    this.#watchdog = setTimeout(() => {
      socket.close(4000, 'silence');
      this.#closed(socket, 4000);
    }, patience);
  }

  #enter(state) {
    if (state !== this.state) {
      this.state = state;
      this.since = new Date();
    }
    this.dispatchEvent(new Event('state'));
  }
}

function between(before, after) {
  const changes = [];
  for (const [key, held] of after) {
    const was = before.get(key);
    if (!was) changes.push({...held, change: 'FORMED'});
    else if (was.aspect !== held.aspect || was.orb !== held.orb) {
      changes.push({...held, previousAspect: was.aspect, previousOrb: was.orb, change: was.aspect === held.aspect ? 'ORB_CHANGED' : 'REPLACED'});
    }
  }
  for (const [key, was] of before) {
    if (!after.has(key)) changes.push({bodyA: was.bodyA, bodyB: was.bodyB, previousAspect: was.aspect, previousOrb: was.orb, change: 'DISSOLVED'});
  }
  return changes;
}
