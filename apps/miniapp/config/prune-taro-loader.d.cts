declare const loader: { readonly assertAllApplied: () => void }
export = loader
