/** The event subscriptions that ARM keeps, and their part in Event Grid. */
import type { Handshake } from "../../../event-grid/handshake.ts";
import type { EventGrid } from "../../../event-grid/start-event-grid.ts";
import type { Clock } from "../../clock.ts";
import { partsOf } from "../../paths.ts";
import type { ResourceMap } from "../../state/resource-map.ts";
import type { EventSubscriptionRecord } from "../../state/state.ts";
import type { EventSubscriptionProperties } from "./body.ts";
import { type Kept, keptIn } from "./kept.ts";
import { answers, ask, idIn, PATIENCE_MS } from "./question.ts";
import { subscriptionOf } from "./render.ts";

interface EventSubscriptionsParts {
  readonly records: ResourceMap<EventSubscriptionRecord>;
  readonly eventGrid: Pick<EventGrid, "shakeHands" | "register" | "unregister">;
  readonly clock: Clock;
  /**
   * The address, without a query, at which a webhook may agree later: whatever GET or POST arrives there is to be
   * given to `agreed`. Left out: webhooks must agree at once.
   */
  readonly callbackUrl?: (() => string) | undefined;
}

interface Asked {
  readonly tokenHash: string;
  agreed: boolean;
}

export class EventSubscriptions {
  readonly #parts: EventSubscriptionsParts;
  readonly #registered = new Set<string>();
  /** Questions whose webhook has not answered the request yet: it may agree before it does. */
  readonly #asked = new Map<string, Asked>();

  constructor(parts: EventSubscriptionsParts) {
    this.#parts = parts;
  }

  get records(): ResourceMap<EventSubscriptionRecord> {
    return this.#parts.records;
  }

  /** Makes or replaces one, if its webhook does not refuse; otherwise everything stays as it was. */
  async put(
    asSpelled: string,
    given: EventSubscriptionProperties,
  ): Promise<EventSubscriptionRecord | (Handshake & { readonly outcome: "Refused" })> {
    const { eventGrid, clock, callbackUrl } = this.#parts;
    const id = this.records.get(asSpelled)?.id ?? asSpelled;
    const question = callbackUrl && ask(callbackUrl(), id);
    const asked: Asked | undefined = question && { tokenHash: question.tokenHash, agreed: false };
    if (asked) this.#asked.set(asked.tokenHash, asked);
    const handshake = await eventGrid
      .shakeHands(subscriptionOf(id, given), question?.url)
      .finally(() => this.#asked.delete(asked?.tokenHash ?? ""));
    if (handshake.outcome === "Refused") return handshake;
    if (handshake.outcome === "Agreed" || asked === undefined || asked.agreed)
      return this.#keep(id, { given, provisioningState: "Succeeded" });
    const until = new Date(clock.now() + PATIENCE_MS).toISOString();
    return this.#keep(id, {
      given,
      provisioningState: "AwaitingManualAction",
      question: { tokenHash: asked.tokenHash, until },
    });
  }

  delete(id: string): void {
    this.records.delete(id);
    this.#leave(id);
  }

  /** A webhook agrees by visiting the address that it was told. False: nobody was told this one, or it is too late. */
  agreed(url: URL): boolean {
    for (const asked of this.#asked.values()) {
      if (!answers(url, asked.tokenHash)) continue;
      asked.agreed = true;
      return true;
    }
    const record = this.records.get(idIn(url));
    const { given, question } = record ? keptIn(record) : {};
    if (!record || !given || !question || !answers(url, question.tokenHash)) return false;
    this.#keep(record.id, { given, provisioningState: "Succeeded" });
    return true;
  }

  /** After a start, or when the state was loaded or cleared: those that are kept are in force, and no others. */
  resume(): void {
    for (const id of [...this.#registered]) this.#leave(id);
    for (const record of this.records.all()) this.#enter(record);
  }

  #keep(id: string, { given, ...rest }: Kept): EventSubscriptionRecord {
    const properties = { given, ...rest };
    const record = this.records.set({ id, name: partsOf(id).name, properties });
    this.#enter(record);
    return record;
  }

  #enter(record: EventSubscriptionRecord): void {
    const { eventGrid, clock } = this.#parts;
    const { given, provisioningState, question } = keptIn(record);
    const key = record.id.toLowerCase();
    if (provisioningState === "Succeeded") {
      eventGrid.register(key, subscriptionOf(record.id, given));
      this.#registered.add(key);
    } else this.#leave(key);
    // A record that was replaced meanwhile is another one.
    const ifStillThere = (change: () => void) => () => {
      if (this.records.get(record.id) === record) change();
    };
    if (question) {
      const giveUp = () => this.#keep(record.id, { given, provisioningState: "Failed" });
      clock.at(Date.parse(question.until), ifStillThere(giveUp));
    }
    if (given.expirationTimeUtc) {
      const expire = () => this.delete(record.id);
      clock.at(Date.parse(given.expirationTimeUtc), ifStillThere(expire));
    }
  }

  #leave(id: string): void {
    this.#parts.eventGrid.unregister(id.toLowerCase());
    this.#registered.delete(id.toLowerCase());
  }
}
