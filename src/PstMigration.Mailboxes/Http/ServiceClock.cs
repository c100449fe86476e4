using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>Compares this computer's clock with the service's.</summary>
internal static class ServiceClock
{
    /// <summary>What a sign-in puts up with.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    /// <summary>How far this computer's clock is ahead, by the date of an answer; zero where it has none.</summary>
    public static TimeSpan Ahead(HttpResponseMessage response, TimeProvider clock) =>
        response.Headers.Date is DateTimeOffset date ? clock.GetUtcNow() - date : TimeSpan.Zero;

    /// <summary>Whether the difference is more than a sign-in puts up with.</summary>
    public static bool IsWrong(TimeSpan ahead) => ahead.Duration() > s_tolerance;
}
