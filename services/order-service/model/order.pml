/*
 * The path of one order, as order-service, product-service and payment-service walk it together.
 * README.md says which code each part stands for; `check` explores it.
 *
 * Each atomic block is one transaction, or one look at what is stored. Between any two of them
 * anybody else may act, and whoever acts may die. A message may be lost, late, repeated and
 * overtaken: one that nobody waits for any more stays under way for ever, and arrives as often as
 * it likes, or never. Leases and clocks have no part in it: whatever they prevent may happen here.
 *
 * Each of these macros takes one rule away, and the model must break then:
 *   NO_VERSION_CHECK    a worker stores its step whatever the order's version is
 *   NO_PARTICIPANT_KEY  a repeated reserve or charge is done again
 *   NO_TOMBSTONE        a release or void of an unknown key leaves nothing behind
 *                       (these two also as NO_KEY_AT_STOCK, NO_TOMBSTONE_AT_PAYMENT and so on)
 *   UNKNOWN_IS_FAILED   a reserve or charge without an answer is taken for a refusal
 *   TURNED_AWAY_IS_DECLINED  a charge that is refused without a look at its key is taken for a decline
 *   BUYING_IS_UNCHARGED  an order of which no step is stored is undone as if nothing had been charged
 *   SALE_COUNTS_TWICE   the event that an order is confirmed sells its pieces whatever became of them since
 *   SALE_IS_AWAITED     what is called off after it was confirmed waits for its sale, so for the broker
 *   NO_DEADLINE         an order before the point of no return is never given up
 */

mtype = {
  NONE,
  BUYING, RESERVING, CHARGING, CONFIRMING, DONE, COMP_PAY, COMP_STOCK, CANCELLED, /* a saga */
  RESERVED, REFUSED, RELEASED, COMMITTED, RETURNED,                       /* a reservation */
  PENDING, CAPTURED, DECLINED, VOIDED, BURIED,                            /* the key of a charge */
  CHARGED, REVERSED, BARRED,                                              /* a booking of the card network */
  VALID, MALFORMED, SILENT,                                               /* a card */
  YES, NO, AWAY, GO_ON, UNKNOWN                                           /* an answer */
};

/* order-service: the row of the saga. */
mtype state = BUYING;
byte version;
bool committed; /* it has been DONE, so that the event which says it is stored or under way */

/* product-service: the level of one product, the order's reservation, and another shopper's. */
byte on_hand = 1, reserved, sold;
mtype reservation = NONE, rival = NONE;

/* payment-service, and the books of the card network. */
mtype payment = NONE, booking = NONE;
byte kept; /* charges that were not given back */
mtype card = VALID;

/* Under way, and nobody waits for it: requests, and what payment-service has still to do for one. */
bool late_reserve, late_commit, late_release, late_return;
bool late_charge, late_booking, late_captured, late_void, late_reversal;

bool hastened; /* an operator has raised the version */

#ifdef LIVENESS
bool calm; /* from here on every call is answered and nobody dies; the deadline has passed */
#define FAILS !calm
#else
#define FAILS true
#endif

#ifdef NO_DEADLINE
#define EXPIRED false
#else
#define EXPIRED (!(FAILS) && (s == BUYING || s == RESERVING || s == CHARGING))
#endif

#ifdef NO_VERSION_CHECK
#define UNCHANGED(seen) true
#else
#define UNCHANGED(seen) (version == seen)
#endif

#ifdef NO_PARTICIPANT_KEY
#define NO_KEY_AT_STOCK
#define NO_KEY_AT_PAYMENT
#endif
#ifdef NO_KEY_AT_STOCK
#define NEW_RESERVATION (reservation != RELEASED && reservation != RETURNED)
#else
#define NEW_RESERVATION (reservation == NONE)
#endif
#ifdef NO_KEY_AT_PAYMENT
#define NEW_PAYMENT (payment != VOIDED && payment != BURIED)
#define NEW_BOOKING (booking != REVERSED && booking != BARRED)
#else
#define NEW_PAYMENT (payment == NONE)
#define NEW_BOOKING (booking == NONE)
#endif

#if defined(NO_TOMBSTONE) || defined(NO_TOMBSTONE_AT_STOCK)
#define TOMBSTONE_OF_STOCK NONE
#else
#define TOMBSTONE_OF_STOCK RELEASED
#endif
#if defined(NO_TOMBSTONE) || defined(NO_TOMBSTONE_AT_PAYMENT)
#define TOMBSTONE_OF_PAYMENT NONE
#else
#define TOMBSTONE_OF_PAYMENT BURIED
#endif

/* What holds at all times; looked at wherever something has changed. */
inline promises() {
  assert(on_hand + sold == 1);
  assert(reserved <= on_hand);
  assert(reserved == (reservation == RESERVED) + (rival == RESERVED));
  assert(sold == (reservation == COMMITTED));
  assert(kept <= 1);
  assert(state != DONE || (payment == CAPTURED && kept == 1));
  assert(state != DONE || reservation == COMMITTED || (reservation == RESERVED && committed));
  assert(state != CANCELLED || (reservation != RESERVED && reservation != COMMITTED));
  assert(state != CANCELLED || (payment != PENDING && payment != CAPTURED && kept == 0))
}

/* --- product-service: one transaction each ----------------------------------------------------- */

inline reserve(answer) {
  if
  :: NEW_RESERVATION && on_hand > reserved -> reserved++; reservation = RESERVED; answer = YES
  :: NEW_RESERVATION && on_hand <= reserved -> reservation = REFUSED; answer = NO
  :: !NEW_RESERVATION && (reservation == RESERVED || reservation == COMMITTED) -> answer = YES
  :: !NEW_RESERVATION && reservation == REFUSED -> answer = NO
  :: reservation == RELEASED || reservation == RETURNED -> answer = UNKNOWN
  fi;
  printf("    product-service reserves: %e, the reservation is %e\n", answer, reservation);
  promises()
}

inline commit(answer) {
  if
  :: reservation == RESERVED -> on_hand--; reserved--; sold++; reservation = COMMITTED
  :: else
  fi;
  answer = (reservation == COMMITTED -> YES : UNKNOWN);
  printf("    product-service sells: %e, the reservation is %e\n", answer, reservation);
  promises()
}

/* The same by the event: what is not held any more is sold already, or has come back. */
inline sell() {
  if
#ifdef SALE_COUNTS_TWICE
  :: reservation == RESERVED || reservation == RETURNED ->
     on_hand--; reserved = reserved - (reservation == RESERVED); sold++; reservation = COMMITTED
#else
  :: reservation == RESERVED -> on_hand--; reserved--; sold++; reservation = COMMITTED
#endif
  :: else
  fi;
  printf("    product-service hears of the order and sells: the reservation is %e\n", reservation);
  promises()
}

inline release(answer) {
  if
  :: reservation == NONE -> reservation = TOMBSTONE_OF_STOCK; answer = YES
  :: reservation == RESERVED -> reserved--; reservation = RELEASED; answer = YES
  :: reservation != NONE && reservation != RESERVED ->
     answer = (reservation == REFUSED || reservation == RELEASED -> YES : UNKNOWN);
     reservation = (answer == YES -> RELEASED : reservation)
  fi;
  printf("    product-service releases: %e, the reservation is %e\n", answer, reservation);
  promises()
}

inline take_back(answer) {
  if
  :: reservation == COMMITTED -> on_hand++; sold--; reservation = RETURNED
#ifndef SALE_IS_AWAITED
  :: reservation == RESERVED -> reserved--; reservation = RETURNED
#endif
  :: else
  fi;
  answer = (reservation == RETURNED -> YES : UNKNOWN);
  printf("    product-service takes back: %e, the reservation is %e\n", answer, reservation);
  promises()
}

/* --- payment-service: a charge is open, book, settle; a void is bar, reverse, reversal_done ------ */

inline open(answer) {
  if
  /* Of the request's form, by one version or setting of the service and not by another: nothing is stored. */
  :: answer = AWAY
  :: card != MALFORMED && NEW_PAYMENT -> payment = PENDING; answer = GO_ON
  :: card != MALFORMED && !NEW_PAYMENT ->
     if
     :: payment == PENDING -> answer = GO_ON
     :: payment == CAPTURED -> answer = YES
     :: payment == DECLINED -> answer = NO
     :: payment == VOIDED || payment == BURIED -> answer = UNKNOWN
     fi
  fi;
  printf("    payment-service opens a charge: %e, the payment is %e\n", answer, payment);
  promises()
}

/* The card network, which goes by the key too. */
inline book(said) {
  if
  :: NEW_BOOKING -> booking = CHARGED; kept++; said = CAPTURED
  :: NEW_BOOKING -> booking = DECLINED; said = DECLINED
  :: !NEW_BOOKING && booking == CHARGED -> said = CAPTURED
  :: !NEW_BOOKING && booking == DECLINED -> said = DECLINED
  :: booking == REVERSED || booking == BARRED -> said = BARRED
  fi;
  printf("    the card network charges: %e\n", said);
  promises()
}

/* The payment takes in what the network said, unless it is settled; what came too late goes back. */
inline settle(said, answer) {
  payment = (payment != PENDING -> payment : (said == BARRED -> VOIDED : said));
  if
  :: payment == CAPTURED -> answer = YES
  :: payment == DECLINED -> answer = NO
  :: payment == VOIDED -> answer = UNKNOWN; late_reversal = late_reversal || said == CAPTURED
  fi;
  printf("    payment-service settles the charge: %e, the payment is %e\n", answer, payment);
  promises()
}

inline bar(answer) {
  answer = (payment == PENDING || payment == CAPTURED -> GO_ON : YES);
  payment = (payment == NONE -> TOMBSTONE_OF_PAYMENT : payment);
  printf("    payment-service bars the key: %e, the payment is %e\n", answer, payment);
  promises()
}

inline reverse() {
  kept = kept - (booking == CHARGED);
  booking = (booking == NONE -> BARRED : (booking == CHARGED -> REVERSED : booking));
  printf("    the card network reverses: the booking is %e\n", booking);
  promises()
}

inline reversal_done(answer) {
  payment = (payment == PENDING || payment == CAPTURED -> VOIDED : payment);
  answer = YES;
  printf("    payment-service has voided: %e, the payment is %e\n", answer, payment);
  promises()
}

/* --- order-service ------------------------------------------------------------------------------- */

/* The other way a call may go: its worker waits no longer, and it stays under way. */
#define or_is(late) :: FAILS -> late = true; answer = UNKNOWN; printf("    no answer\n")

/* What follows from an answer: a step forward, a step back, or another attempt later. */
inline decide(done, refused) {
  if
  :: answer == YES -> to = done; goto advance
  :: answer == NO -> to = refused; goto advance
#ifdef TURNED_AWAY_IS_DECLINED
  :: answer == AWAY -> to = refused; goto advance
#else
  /* A defect of ours, not the card's: tried again until the deadline, which undoes it. */
  :: answer == AWAY -> goto leave
#endif
#ifdef UNKNOWN_IS_FAILED
  :: answer == UNKNOWN -> to = refused; goto advance
#else
  :: answer == UNKNOWN -> goto leave
#endif
  :: answer == GO_ON
  fi
}

/* The same where nothing can be refused. */
inline insist(done) {
  if
  :: answer == YES -> to = done; goto advance
  :: answer == UNKNOWN -> goto leave
  :: answer == GO_ON
  fi
}

/* Whoever works on the order: its placing, a recovery, the customer or an operator who cancels it. */
proctype Worker() {
  mtype s, to, answer, said;
  byte v;
  bool sold_before;
  bool ahead; /* it has reserved, which is stored with the end of the charge: the row says BUYING */
  bool by_event; /* and has heard that the sale follows the order, so that it need not ask for it */

idle:
end:
  atomic {
    state != CANCELLED ->
    s = state; v = version; sold_before = committed;
    printf("worker %d reads %e, version %d\n", _pid, s, v);
    if
    /* Called off, or past the deadline. */
    :: s == RESERVING -> to = COMP_STOCK; goto advance
#ifdef BUYING_IS_UNCHARGED
    :: s == BUYING -> to = COMP_STOCK; goto advance
#else
    :: s == BUYING -> to = COMP_PAY; goto advance
#endif
    :: s == CHARGING || s == DONE -> to = COMP_PAY; goto advance
    :: s == DONE -> goto leave
    :: s != DONE && !EXPIRED
    fi
  }

step:
  if
  :: atomic { FAILS -> printf("worker %d dies\n", _pid); goto leave }
  :: atomic {
       s == BUYING || s == RESERVING -> printf("worker %d asks for a reservation\n", _pid);
       if :: reserve(answer) or_is(late_reserve) fi;
       if
       :: s == BUYING && answer == YES -> s = CHARGING; ahead = true; by_event = true; answer = 0; goto step
#ifndef LIVENESS
       /* An earlier release of product-service, which has to be asked as by who reads CHARGING. */
       :: s == BUYING && answer == YES -> s = CHARGING; ahead = true; answer = 0; goto step
#endif
       :: s != BUYING || answer != YES
       fi;
       decide(CHARGING, CANCELLED)
     }
  :: atomic {
       s == CHARGING -> printf("worker %d asks for a charge\n", _pid);
       if :: open(answer) or_is(late_charge) fi;
       decide(CONFIRMING, COMP_STOCK)
     };
     atomic {
       if
       :: card != SILENT -> book(said)
       :: FAILS || card == SILENT -> late_booking = true; answer = UNKNOWN; printf("    no answer\n")
       fi;
       decide(CONFIRMING, COMP_STOCK)
     };
     atomic {
       if
       :: settle(said, answer)
       :: FAILS && said == CAPTURED -> late_captured = true; answer = UNKNOWN; printf("    no answer\n")
       /* What else it said the network will say again. */
       :: FAILS && said != CAPTURED -> late_booking = true; answer = UNKNOWN; printf("    no answer\n")
       fi;
       decide(CONFIRMING, COMP_STOCK)
     }
  :: atomic {
       s == CONFIRMING -> printf("worker %d asks for the sale\n", _pid);
       if :: commit(answer) or_is(late_commit) fi;
       insist(DONE)
     }
  :: atomic {
       s == COMP_PAY -> printf("worker %d asks for a void\n", _pid);
       if :: bar(answer) or_is(late_void) fi;
       insist(COMP_STOCK)
     };
     atomic {
       if :: reverse() or_is(late_reversal) fi;
       insist(COMP_STOCK)
     };
     atomic {
       if :: reversal_done(answer) or_is(late_reversal) fi;
       insist(COMP_STOCK)
     }
  :: atomic {
       s == COMP_STOCK && sold_before -> printf("worker %d asks to take back\n", _pid);
       if :: take_back(answer) or_is(late_return) fi;
       insist(CANCELLED)
     }
  :: atomic {
       s == COMP_STOCK && !sold_before -> printf("worker %d asks for a release\n", _pid);
       if :: release(answer) or_is(late_release) fi;
       insist(CANCELLED)
     }
  fi;
  assert(false); /* every step has come to a decision */

advance:
  atomic {
    answer = 0; said = 0;
    if
    :: UNCHANGED(v) ->
       to = (by_event && to == CONFIRMING -> DONE : to);
       printf("worker %d moves the order from %e to %e, version %d\n", _pid, s, to, v + 1);
       state = to; version = v + 1; committed = sold_before || to == DONE; ahead = false; by_event = false;
       promises();
       s = to; v = v + 1; sold_before = committed; to = 0;
       if
       :: s == DONE || s == CANCELLED
       :: s != DONE && s != CANCELLED -> goto step
       fi
    :: !UNCHANGED(v) -> printf("worker %d has read version %d and is too late\n", _pid, v)
    :: FAILS -> printf("worker %d dies\n", _pid)
    fi
  }

leave:
  atomic {
    if
    /* What became of the charge is not known: whoever comes next has it from the row. */
    :: ahead && UNCHANGED(v) ->
       printf("worker %d moves the order to CHARGING, version %d\n", _pid, v + 1);
       state = CHARGING; version = v + 1; promises()
    :: true
    fi;
    s = 0; to = 0; answer = 0; said = 0; v = 0; sold_before = false; ahead = false; by_event = false; goto idle
  }
}

/* --- the world ----------------------------------------------------------------------------------- */

#define ARRIVES(late) FAILS && (late) -> printf("late:\n")

proctype World() {
  mtype answer;

end:
  do
  :: atomic { ARRIVES(late_reserve); reserve(answer); answer = 0 }
  :: atomic { ARRIVES(late_commit); commit(answer); answer = 0 }
  /* What was stored with DONE is published at least once. */
  :: atomic { committed && (FAILS || reservation == RESERVED) -> printf("an event:\n"); sell() }
  :: atomic { ARRIVES(late_release); release(answer); answer = 0 }
  :: atomic { ARRIVES(late_return); take_back(answer); answer = 0 }
  :: atomic { ARRIVES(late_charge); open(answer); late_booking = late_booking || answer == GO_ON; answer = 0 }
  :: atomic { ARRIVES(late_booking); book(answer); late_captured = late_captured || answer == CAPTURED; answer = 0 }
  :: atomic { ARRIVES(late_booking && booking == DECLINED); settle(DECLINED, answer); answer = 0 }
  :: atomic { ARRIVES(late_booking && (booking == REVERSED || booking == BARRED)); settle(BARRED, answer); answer = 0 }
  :: atomic { ARRIVES(late_captured); settle(CAPTURED, answer); answer = 0 }
  :: atomic { ARRIVES(late_void); bar(answer); late_reversal = late_reversal || answer == GO_ON; answer = 0 }
  :: atomic { ARRIVES(late_reversal); reverse() }
  :: atomic { ARRIVES(late_reversal && booking != NONE && booking != CHARGED); reversal_done(answer); answer = 0 }
  /* Another shopper holds the piece for a while. */
  :: atomic { FAILS && rival == NONE && on_hand > reserved -> reserved++; rival = RESERVED; promises() }
  :: atomic { FAILS && rival == RESERVED -> reserved--; rival = NONE; promises() }
  /* An operator hastens or acknowledges. */
  :: atomic {
       FAILS && !hastened && state != DONE && state != CANCELLED ->
       printf("an operator raises the version to %d\n", version + 1);
       hastened = true; version++
     }
  od
}

#ifdef LIVENESS
/* Some day all that is late has arrived for the last time. */
proctype Calm() {
  atomic {
    calm = true;
    late_reserve = false; late_commit = false; late_release = false; late_return = false;
    late_charge = false; late_booking = false; late_captured = false; late_void = false; late_reversal = false
  }
}

/* Every order ends, for good. */
ltl ends { [] (calm -> <> [] (state == DONE || state == CANCELLED)) }
#endif

init {
  atomic {
    if
#ifdef LIVENESS
    :: card = SILENT
#endif
    :: card = MALFORMED
    :: card = VALID
    fi;
    if
    /* An earlier release has placed it, or does so while both run. */
    :: state = RESERVING
    :: state = BUYING
    fi;
    run Worker(); run Worker(); run World();
#ifdef LIVENESS
    run Calm()
#endif
  }
}
