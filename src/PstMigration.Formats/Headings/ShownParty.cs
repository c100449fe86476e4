namespace PstMigration.Formats;

/// <summary>A person as people see them in a heading.</summary>
/// <param name="Name">The name, or an empty string.</param>
/// <param name="Address">The SMTP address, or else whatever address is known, or an empty string.</param>
internal sealed record ShownParty(string Name, string Address)
{
    /// <summary>Name and address as in a mail header, without quotes: the line is for people.</summary>
    public override string ToString() =>
        Name.Length == 0 || Name == Address ? Address : Address.Length == 0 ? Name : Name + " <" + Address + ">";
}
