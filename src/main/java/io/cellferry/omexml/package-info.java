/// OME-XML, the text with which a microscope describes an image: reading it from files as they are, writing it for an
/// image that was merged from several.
@ApplicationModule(allowedDependencies = {"image", "failure"})
@NullMarked
package io.cellferry.omexml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
