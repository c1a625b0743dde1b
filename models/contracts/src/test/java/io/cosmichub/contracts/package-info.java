@org.jspecify.annotations.NullMarked
package io.cosmichub.contracts;
