const spoken = { 'aria-role': '', 'aria-label': '' }
const silent = { 'aria-hidden': '' }

/** The components that may carry what a screen reader says. */
export const ariaComponents = { View: { ...spoken, ...silent }, Button: spoken, Image: silent }
