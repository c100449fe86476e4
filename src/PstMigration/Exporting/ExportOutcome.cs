using System;
using PstMigration.Formats;

namespace PstMigration.Exporting;

/// <summary>How the export of one item ended: with a result or with an error about it.</summary>
internal sealed record ExportOutcome(ExportedItem? Result, Exception? Error)
{
    internal ExportOutcome(ExportedItem result)
        : this(result, null)
    {
    }

    internal ExportOutcome(Exception error)
        : this(null, error)
    {
    }
}
