using System.Globalization;

namespace PstMigration.Pst;

/// <summary>Something in a data file that could not be read as it should.</summary>
/// <param name="Structure">Which part.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Offset">Where in the file, in bytes; -1 where no single place can be named.</param>
/// <param name="Node">The node it belongs to; <see cref="NodeId.IsNone"/> where unknown.</param>
public sealed record PstDamage(PstStructure Structure, PstDamageReason Reason, long Offset = -1, NodeId Node = default)
{
    /// <summary>The reason in the language of the current culture.</summary>
    public string ReasonText => Reason switch
    {
        PstDamageReason.OutsideFile => Strings.DamageOutsideFile,
        PstDamageReason.ChecksumMismatch => Strings.DamageChecksumMismatch,
        PstDamageReason.TrailerMismatch => Strings.DamageTrailerMismatch,
        PstDamageReason.WrongType => Strings.DamageWrongType,
        PstDamageReason.WrongLevel => Strings.DamageWrongLevel,
        PstDamageReason.LimitExceeded => Strings.DamageLimitExceeded,
        PstDamageReason.Missing => Strings.DamageMissing,
        PstDamageReason.DanglingReference => Strings.DamageDanglingReference,
        PstDamageReason.Cycle => Strings.DamageCycle,
        PstDamageReason.BadCompression => Strings.DamageBadCompression,
        PstDamageReason.LengthMismatch => Strings.DamageLengthMismatch,
        PstDamageReason.UnknownPropertyType => Strings.DamageUnknownPropertyType,
        PstDamageReason.UnnamedProperty => Strings.DamageUnnamedProperty,
        PstDamageReason.KeyOutOfRange => Strings.DamageKeyOutOfRange,
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Structure, place as far as it is known, and reason.</summary>
    public override string ToString()
    {
        string offset = Offset < 0 ? "" : string.Format(CultureInfo.CurrentCulture, Strings.DamageOffset, "0x" + Offset.ToString("X", CultureInfo.InvariantCulture));
        string node = Node.IsNone ? "" : string.Format(CultureInfo.CurrentCulture, Strings.DamageNode, Node);
        return string.Format(CultureInfo.CurrentCulture, Strings.DamageLine, Structure, offset, node, ReasonText);
    }
}
