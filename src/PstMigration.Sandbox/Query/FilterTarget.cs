namespace PstMigration.Sandbox;

/// <summary>
/// What a name in <c>$filter</c> or <c>$orderby</c> stands for in SQL: an expression over <c>item i</c> (or <c>folder f</c>), or
/// the values of one or more stored properties.
/// </summary>
internal sealed record FilterTarget(ExtendedType Type, string? Column, IReadOnlyList<string> Tags)
{
    /// <summary>For an enumeration: its names and the numbers stored for them.</summary>
    public IReadOnlyDictionary<string, long>? Names { get; init; }

    /// <summary>Whether the name stands for several values and takes <c>any</c>.</summary>
    public bool IsCollection { get; init; }

    public static FilterTarget OfColumn(ExtendedType type, string sql) => new(type, sql, []);

    public static FilterTarget OfProperty(ExtendedPropertyId id) => new(id.Type, null, [id.Tag]);

    /// <summary>What to sort by.</summary>
    public string? OrderSql => Column ?? (IsCollection ? null : "(SELECT o.value FROM property o WHERE o.item = i.number AND o.ord = 0 AND o.tag = '" + Tags[0] + "')");
}
