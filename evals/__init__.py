"""Questions with known answers, scores, peers, reports and floors."""
