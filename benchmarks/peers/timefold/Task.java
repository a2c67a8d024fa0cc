/**
 * What a job is about, whoever does it.
 *
 * first, last: of each window the first and the last start, windows in order.
 * hard, medium, soft: points while it is undone. able: by vehicle. vehicles: those that are able.
 */
public record Task(int place, int duration, int[] first, int[] last,
                   long hard, long medium, long soft, boolean[] able, int[] vehicles) {
    /** The start of somebody who is there at `arrival`; the arrival itself if every window is over. */
    int start(int arrival) {
        for (int window = 0; window < first.length; window++)
            if (arrival <= last[window]) return Math.max(arrival, first[window]);
        return arrival;
    }

    int lastStart() { return last[last.length - 1]; }
}
