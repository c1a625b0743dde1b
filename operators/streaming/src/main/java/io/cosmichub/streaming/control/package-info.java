/** What is served, from decoded control records to what the steps of the pairs are told. */
@NullMarked
package io.cosmichub.streaming.control;

import org.jspecify.annotations.NullMarked;
