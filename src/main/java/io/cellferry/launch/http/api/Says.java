package io.cellferry.launch.http.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What an address of the API does, in one line for its description, and the statuses of its good answers.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Says {
    String value();

    int[] status() default 200;
}
