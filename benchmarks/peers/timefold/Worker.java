/** A person's limits in minutes, visits and days; NONE where there is none. */
public record Worker(int id, int weeklyMinutes, int weeklyTasks, int weeklyDays, int rest,
                     int dailyMinutes, int longestDay, int dailyTasks) {
    static final int NONE = -1;

    /** Whole numbers from 0 tell workers apart; rules ask for it often. */
    @Override
    public int hashCode() { return id; }

    @Override
    public boolean equals(Object other) { return other instanceof Worker worker && worker.id == id; }

    boolean limited() {
        return Math.max(Math.max(weeklyMinutes, weeklyTasks), Math.max(weeklyDays, rest)) != NONE
            || Math.max(Math.max(dailyMinutes, longestDay), dailyTasks) != NONE;
    }

    /** By how much an amount exceeds a limit. */
    static int over(int amount, int limit) {
        return limit == NONE ? 0 : Math.max(0, amount - limit);
    }
}
