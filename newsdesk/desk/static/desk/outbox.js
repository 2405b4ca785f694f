// Decisions on their way to the server: one at a time, in order, each with a UUID made here, so that a repeat is one decision.
//
// A refusal (4xx) drops the event and tells the page, which puts the finding back. Trouble (no connection, 5xx, logged
// out) keeps it and tries again.

/** The token of the session that is there now; the one that came with the page is void after a new log-in. */
function token() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

const PAUSES = [1, 2, 4, 8, 15, 30];

export class Outbox {
  /** `onStored(event, answer)`, `onRefused(event, reason)`, `onChange(count, trouble)`. */
  constructor(url, say, handlers) {
    Object.assign(this, { url, say, ...handlers, events: [], sending: false, failures: 0, timer: 0 });
  }

  get count() { return this.events.length; }

  add(event) {
    this.events.push(event);
    this.onChange(this.count, null);
    this.flush();
  }

  /** Forget the events that wait for this finding; the one on its way cannot be called back. */
  forget(n) { this.events = this.events.filter((event) => event.n !== n); }

  retry() {
    clearTimeout(this.timer);
    this.failures = 0;
    this.flush();
  }

  async flush() {
    if (this.sending || !this.events.length) return;
    this.sending = true;
    clearTimeout(this.timer);
    const event = this.events[0];
    const trouble = await this.send(event);
    this.sending = false;
    if (trouble) {
      const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
      this.timer = setTimeout(() => this.flush(), pause * 1000);
    } else {
      this.failures = 0;
    }
    this.onChange(this.count, trouble);
    if (!trouble) this.flush();
  }

  /** Send one event. Returns what the trouble is, or null when the server has answered for good. */
  async send(event) {
    let answer;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(event.sent),
        redirect: "error",
        keepalive: true,
      });
    } catch {
      return this.say.unreachable;
    }
    if (answer.status === 401) return this.say.loggedOut;
    if (answer.status === 429 || answer.status >= 500) return this.say.serverError.replace("{status}", answer.status);
    const body = await answer.json().catch(() => null);
    if (!body) return this.say.loggedOut; // not from the desk: the token is of a session that has ended
    this.events = this.events.filter((each) => each !== event);
    if (answer.ok) this.onStored(event, body);
    else this.onRefused(event, body.reason);
    return null;
  }
}
