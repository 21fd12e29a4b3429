package feed

import "context"

const acceptPicture = "image/webp, image/png, image/jpeg, image/gif;q=0.9, */*;q=0.1"

// Picture fetches the file of a picture as carefully as Fetch would, and
// nothing else: its address is a stranger's, so only the web is asked, never
// a file of this machine. One that did not come whole is an error.
func (c *Client) Picture(ctx context.Context, address string) ([]byte, error) {
	u, err := readAddress(address)
	if err != nil {
		return nil, err
	}
	if u.Scheme == "file" {
		return nil, &troubleError{kind: BadAddress, why: "pictures are fetched from the web alone"}
	}
	a, err := c.askServer(ctx, u, acceptPicture, Cache{})
	if err != nil {
		return nil, err
	}
	return a.body, a.broken
}
