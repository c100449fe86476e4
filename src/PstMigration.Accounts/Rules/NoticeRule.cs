using PstMigration.Accounts.Verdicts;

namespace PstMigration.Accounts.Rules;

/// <summary>A dated fact that changes no verdict, and whom to tell it.</summary>
internal sealed class NoticeRule
{
    /// <summary>A stable name.</summary>
    public string Id { get; init; } = "";

    /// <summary>The protocols it is about; empty for all.</summary>
    public IReadOnlyList<MailProtocol> Protocols { get; init; } = [];

    /// <summary>What has to be so; null where nothing has to.</summary>
    public NoticeWhen? When { get; init; }

    /// <summary>From which day on; null where that is not known.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the public could know; null for always.</summary>
    public DateTimeOffset? Announced { get; init; }

    /// <summary>How sure it is.</summary>
    public VerdictConfidence Confidence { get; init; }

    /// <summary>Where it is written.</summary>
    public string Source { get; init; } = "";

    /// <summary>What it says, for people.</summary>
    public LocalizedText Text { get; init; } = new("", null);

    /// <summary>Whether it speaks of a protocol, on a day. A mere address may be used by POP or IMAP.</summary>
    public bool AppliesTo(MailProtocol protocol, DateTimeOffset day) => (Announced is null || Announced <= day)
        && (Protocols.Count == 0 || Protocols.Contains(protocol)
            || (protocol == MailProtocol.Any && (Protocols.Contains(MailProtocol.Imap) || Protocols.Contains(MailProtocol.Pop))));

    /// <summary>As it is given out, in the user's language.</summary>
    public MailNotice ToNotice() => new() { Id = Id, Text = Text.Text, Date = From?.DateTime, Confidence = Confidence, Source = Source };

    /// <summary>Reads one.</summary>
    public static NoticeRule Read(JsonField field)
    {
        field.AllowOnly("id", "protocols", "when", "from", "announced", "confidence", "source", "text");
        return new NoticeRule
        {
            Id = field.Required("id").Text(),
            Protocols = [.. field.List("protocols").Select(p => p.Choice<MailProtocol>())],
            When = field.Optional("when")?.Choice<NoticeWhen>(),
            From = field.Optional("from")?.Date(),
            Announced = field.Optional("announced")?.Date(),
            Confidence = field.Optional("confidence")?.Choice<VerdictConfidence>() ?? VerdictConfidence.Medium,
            Source = field.Required("source").Text(),
            Text = LocalizedText.Read(field.Required("text")),
        };
    }
}
