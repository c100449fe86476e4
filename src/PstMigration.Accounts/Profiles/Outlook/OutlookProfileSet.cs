using PstMigration.Mapi;

namespace PstMigration.Accounts.Outlook;

/// <summary>Profiles that were read, and what of them could not be.</summary>
public sealed class OutlookProfileSet
{
    internal OutlookProfileSet(IReadOnlyList<OutlookProfile> profiles, IReadOnlyList<MailDataException> problems)
    {
        Profiles = profiles;
        Problems = problems;
    }

    /// <summary>The profiles.</summary>
    public IReadOnlyList<OutlookProfile> Profiles { get; }

    /// <summary>Damage that was passed over; each names its line.</summary>
    public IReadOnlyList<MailDataException> Problems { get; }
}
