const aria = { 'aria-role': '', 'aria-label': '', 'aria-hidden': '' }

/** The components that may carry what a screen reader says. */
export const ariaComponents = { View: aria, Button: aria, Image: aria }
