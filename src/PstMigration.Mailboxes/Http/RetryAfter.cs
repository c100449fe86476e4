using System.Net.Http;
using System.Net.Http.Headers;

namespace PstMigration.Mailboxes;

/// <summary>Reads how long the service wants quiet.</summary>
internal static class RetryAfter
{
    /// <summary>The length, whether given in seconds or as a date; null where the answer does not say.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider clock)
    {
        RetryConditionHeaderValue? value = response.Headers.RetryAfter;
        TimeSpan? length = value?.Delta ?? (value?.Date is DateTimeOffset date ? date - clock.GetUtcNow() : null);
        return length < TimeSpan.Zero ? TimeSpan.Zero : length;
    }
}
