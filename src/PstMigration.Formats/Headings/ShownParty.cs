namespace PstMigration.Formats;

/// <summary>A person as people see them in a heading.</summary>
/// <param name="Name">The name as stored, which may repeat the address, or an empty string.</param>
/// <param name="Address">The SMTP address, or else whatever address is known, or an empty string.</param>
internal sealed record ShownParty(string Name, string Address)
{
    /// <summary>The name, unless it only repeats the address, often in quotes: to people that says nothing.</summary>
    public string ToldName => Name.Trim('\'', '"', '<', '>').Equals(Address, StringComparison.OrdinalIgnoreCase) ? "" : Name;

    /// <summary>Name and address as in a mail header, without quotes: the line is for people.</summary>
    public override string ToString() => ToldName is not { Length: > 0 } name ? Address : Address.Length == 0 ? name : name + " <" + Address + ">";
}
