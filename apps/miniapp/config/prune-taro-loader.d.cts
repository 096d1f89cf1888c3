declare const loader: { readonly checkAll: () => void }
export = loader
