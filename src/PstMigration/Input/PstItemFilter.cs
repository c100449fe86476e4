using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>What an item has to be. Asks no more than what is filtered by: of what the folder lists first, and of the item only where that cannot tell.</summary>
internal sealed class PstItemFilter
{
    // [MS-OXOMSG] 2.2.1: the actual sender and whom it was sent for, each with an address of any type and an SMTP address.
    private static readonly PropertyTag[] s_addresses =
    [
        PropertyTags.SentRepresentingSmtpAddress, PropertyTags.SentRepresentingEmailAddress,
        PropertyTags.SenderSmtpAddress, PropertyTags.SenderEmailAddress,
    ];

    private readonly WildcardPattern[] _senders;
    private readonly WildcardPattern[] _addresses;
    private readonly WildcardPattern[] _subjects = [];
    private readonly WildcardPattern[] _classes = [];

    /// <summary>A filter of senders.</summary>
    /// <param name="senders">Wildcards over names, and over addresses where they hold an @; empty for any.</param>
    internal PstItemFilter(IReadOnlyCollection<string> senders)
    {
        _senders = Patterns(senders);
        _addresses = Patterns(senders.Where(s => s.Contains('@')));
    }

    /// <summary>Wildcards over the subject; empty for any.</summary>
    internal IReadOnlyCollection<string> Subjects { init => _subjects = Patterns(value); }

    /// <summary>Wildcards over the message class; empty for any.</summary>
    internal IReadOnlyCollection<string> MessageClasses { init => _classes = Patterns(value); }

    /// <summary>Not older than that.</summary>
    internal DateTimeOffset? Since { get; init; }

    /// <summary>Older than that.</summary>
    internal DateTimeOffset? Before { get; init; }

    /// <summary>With or without attachments.</summary>
    internal bool? HasAttachments { get; init; }

    /// <summary>Whether the item passes.</summary>
    /// <exception cref="MailDataException">It had to be opened and cannot be read.</exception>
    internal bool IsMatch(PstItemInfo item, Lazy<MapiItem> content) =>
        (Since is null || item.Time >= Since)
        && (Before is null || item.Time < Before)
        && (HasAttachments is null || item.HasAttachments == HasAttachments)
        && (_subjects.Length == 0 || IsMatch(_subjects, item.Subject))
        && (_classes.Length == 0 || IsMatch(_classes, item.MessageClass))
        && (_senders.Length == 0 || IsMatch(_senders, item.Sender) || HasAddress(content));

    private static WildcardPattern[] Patterns(IEnumerable<string> texts) =>
        [.. texts.Select(t => new WildcardPattern(t, WildcardOptions.IgnoreCase))];

    private static bool IsMatch(WildcardPattern[] patterns, string text) => Array.Exists(patterns, p => p.IsMatch(text));

    private bool HasAddress(Lazy<MapiItem> content) => _addresses.Length > 0
        && Array.Exists(s_addresses, tag => content.Value.Properties.GetString(tag) is string address && IsMatch(_addresses, address));
}
