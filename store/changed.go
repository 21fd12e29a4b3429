package store

import "context"

// Changed is a number that is another one after somebody else has changed the
// file: another program, or another DB of this one. What this DB changes leaves
// it as it is. It costs next to nothing to ask.
// The error tells if the file has been moved.
func (s *DB) Changed(ctx context.Context) (version int64, err error) {
	if err := s.moved(); err != nil {
		s.abandon()
		return 0, err
	}
	// SQLite counts for each connection what the others do, so it has to be the
	// one that makes our own changes.
	err = s.plain(s.write.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version))
	return version, err
}
