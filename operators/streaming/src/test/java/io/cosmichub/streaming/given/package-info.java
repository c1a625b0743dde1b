/** What the tests of the steps are given: records and operators under test. */
@NullMarked
package io.cosmichub.streaming.given;

import org.jspecify.annotations.NullMarked;
