package io.cellferry.jobs;

/// What a job settled while planning and wants to find again when the run works: its own record, opaque to everybody
/// else.
public interface SettledPlan {}
