import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';

/** The cases behind a figure, each as far as its page. */
export function Cases({ items }: { readonly items: readonly { readonly case: string }[] }) {
  if (items.length === 0) return '–';
  return items.map((one, index) => (
    <Fragment key={one.case}>
      {index > 0 && ', '}
      <Link to="/cases/$code" params={{ code: one.case }}>
        {one.case}
      </Link>
    </Fragment>
  ));
}
