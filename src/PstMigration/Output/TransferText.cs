using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Losses and how folders were listed, as people read it, in their language.</summary>
internal static class TransferText
{
    internal static IReadOnlyList<string> Describe(IReadOnlyList<ItemLoss> losses) => [.. losses.Select(Describe)];

    internal static string Describe(LossKind kind) => Strings.ResourceManager.GetString("Loss_" + kind, Strings.Culture) ?? kind.ToString();

    internal static string Describe(SourceRemoval removal) => Strings.ResourceManager.GetString("Removal_" + removal, Strings.Culture) ?? removal.ToString();

    internal static string Describe(ListingBasis basis) => Strings.ResourceManager.GetString("Listing_" + basis, Strings.Culture) ?? basis.ToString();

    /// <summary>How many of each class, in one line; safe to show.</summary>
    internal static string Counts(IEnumerable<KeyValuePair<string, long>> classes) =>
        string.Join(", ", classes.Select(c => (c.Key.Length > 0 ? c.Key : "?") + " (" + c.Value + ")"));

    /// <summary>How long something will take, in words.</summary>
    internal static string Time((TimeSpan Least, TimeSpan Most) time)
    {
        const double LongestInMinutes = 180;
        double minutes = time.Most.TotalMinutes;
        return minutes < 1 ? Strings.PreviewTimeShort
            : minutes <= LongestInMinutes ? LocalText.Format(Strings.PreviewTimeMinutes, Math.Floor(time.Least.TotalMinutes), Math.Ceiling(minutes))
            : LocalText.Format(Strings.PreviewTimeHours, Math.Floor(time.Least.TotalHours), Math.Ceiling(time.Most.TotalHours));
    }

    private static string Describe(ItemLoss loss) => loss.Detail.Length == 0 ? Describe(loss.Kind) : Describe(loss.Kind) + ": " + loss.Detail;
}
