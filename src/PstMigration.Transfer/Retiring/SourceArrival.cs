using System.Text.Json.Serialization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Where a retired file arrived, as its note tells.</summary>
/// <param name="store">The <see cref="ItemKey.Store"/> of the mailbox: what it is known by whatever it is called.</param>
/// <param name="address">What people call it.</param>
/// <param name="sandbox">The file of a sandbox; null for a mailbox of a service.</param>
/// <param name="targetFolder">The folder everything was put below; null where Inbox went to Inbox.</param>
[method: JsonConstructor]
public sealed class SourceArrival(string store, string address, string? sandbox, string? targetFolder)
{
    /// <summary>The <see cref="ItemKey.Store"/> of the mailbox: what it is known by whatever it is called.</summary>
    [JsonPropertyName("store")]
    public string Store { get; } = store;

    /// <summary>What people call it.</summary>
    [JsonPropertyName("address")]
    public string Address { get; } = address;

    /// <summary>The file of a sandbox; null for a mailbox of a service.</summary>
    [JsonPropertyName("sandbox")]
    public string? Sandbox { get; } = sandbox;

    /// <summary>The folder everything was put below; null where Inbox went to Inbox.</summary>
    [JsonPropertyName("targetFolder")]
    public string? TargetFolder { get; } = targetFolder;

    /// <summary>Whether a mailbox is this one. A sandbox may be copied, and is another one then.</summary>
    public bool IsInto(string store, string? sandbox) =>
        string.Equals(Store, store, StringComparison.Ordinal) && string.Equals(Sandbox, sandbox, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Sandbox is null ? Address : Address + " (" + Sandbox + ")";
}
