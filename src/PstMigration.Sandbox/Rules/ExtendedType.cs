namespace PstMigration.Sandbox;

/// <summary>The types an extended property may have in Graph (resources/extended-properties-overview), single-valued.</summary>
internal enum ExtendedType
{
    String,
    Integer,
    Short,
    Long,
    Boolean,
    SystemTime,
    Binary,
    Double,
    Float,
    Currency,
    Clsid,
}
