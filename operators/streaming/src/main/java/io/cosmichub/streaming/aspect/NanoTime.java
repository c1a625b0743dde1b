package io.cosmichub.streaming.aspect;

import java.io.Serializable;
import java.util.function.LongSupplier;

/** Nanoseconds from anywhere, of which only differences mean something. */
interface NanoTime extends LongSupplier, Serializable {}
