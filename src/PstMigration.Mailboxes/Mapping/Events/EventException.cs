using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An occurrence of a series that is left out or changed, as it will be sent after the series.</summary>
/// <param name="Original">When the series has it start, on the clocks of its zone.</param>
/// <param name="Change">What is changed; null where it is left out.</param>
internal sealed record EventException(DateTime Original, Event? Change);
