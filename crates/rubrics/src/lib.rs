//! Rubrics (bedömningsmatriser): what they say, their life from draft to archive, who sees them, and how they are found.
//!
//! A rubric has at most one current version, which never changes, and at most one draft beside it. Use cases are files named by their verb.

mod add_author;
mod archive;
mod authors;
mod bank;
mod cache;
mod catalogue;
mod check;
mod code;
mod compare;
mod content;
mod create;
mod create_from_criteria;
mod create_link;
mod delete_draft;
mod diff;
mod document;
mod error;
pub mod events;
mod exemplars;
mod find;
mod forget;
mod forks;
mod history;
mod keep;
#[cfg(test)]
mod life;
mod link;
mod links;
mod list;
mod name_like;
mod names_in;
mod patch;
mod policy;
mod preview;
mod publish;
mod pupils;
mod remove_author;
mod restore;
mod retire;
mod review;
mod revise;
mod revoke_link;
mod rubric;
#[cfg(test)]
mod sample;
mod save;
mod scope;
mod share;
mod shares;
mod shelve;
mod shelves;
mod sql;
mod submit;
mod table;
mod talk;
mod template;
mod undo_share;
mod version;
#[cfg(test)]
mod world;

pub(crate) use kit::personal_number;

pub use add_author::{AddAuthor, add_author};
pub use archive::{Archive, archive};
pub use authors::Author;
pub use bank::{
    RemoveSuggestion, Suggest, Suggestion, SuggestionFilter, count_suggestion_use,
    remove_suggestion, suggest, suggestions,
};
pub use catalogue::{
    ForkOpen, Hidden, HideOpen, Licence, OpenCredit, OpenFilter, OpenOrigin, OpenRubric,
    PublishToCatalogue, REPORTS_A_DAY, Report, ReportContent, ReportReason, Reported, Standing,
    StandingState, bar_open, find_open, fork_open, hide_open, list_open, open_by_ids, open_origins,
    organiser_of_open, publish_to_catalogue, report_content, reports, standings,
    withdraw_from_catalogue,
};
pub use check::{CODES_MAX, CRITERIA_MAX, LEVELS_MAX, Stage, WEIGHT_MAX, problems};
pub use code::{BadCode, Code};
pub use compare::compare;
pub use content::{About, Content, Criterion, Head, Level, Points, RubricKind};
pub use create::{Create, create};
pub use create_from_criteria::{CreateFromCriteria, create_from_criteria};
pub use create_link::{CreateLink, create_link};
pub use delete_draft::{DeleteDraft, delete_draft};
pub use diff::{
    CodeField, CriterionDiff, Diff, Impact, LevelDiff, Piece, PieceKind, Recoding, Rewording,
    TextField, diff,
};
pub use document::DOCUMENT_BYTES_MAX;
pub use error::Error;
pub use exemplars::{
    AddExemplar, Exemplar, RemovedExemplar, Sample, SampleText, add_exemplar, exemplars_of_rubrics,
    exemplars_of_versions, find_exemplar, remove_exemplar,
};
pub use find::{by_ids, find, find_version, versions, versions_by_ids};
pub use forget::{Outlived, forget, outlived};
pub use forks::{
    Answer, AnswerProposal, Answered, Choice, CountOrder, Counts, Credit, Decision, Fork, Heat,
    LINEAGE_MAX, Lineage, MoveUse, Moved, Offer, Origin, PARTS_MAX, Part, Proposal, Propose, Pull,
    Pulled, Relative, Thank, Use, Verdicts, answer_proposal, counts, find_proposal, find_use, fork,
    heat, hold, lineages, move_use, offers, origins, proposals, propose, pull, release, thank,
    thanks, uses_of_exemplars, uses_of_links,
};
pub use history::{Save, history};
pub use link::Link;
pub use links::{Opened, by_link, find_link, links};
pub use list::{Filter, Listing, list, list_by_count, search};
pub use name_like::{NameLike, name_like};
pub use names_in::names_in;
pub use patch::{Conflict, CriterionPatch, HeadPatch, Patch};
pub use policy::{
    Abilities, OpenAbilities, abilities, audiences, draft_audiences, is_author, keeps_catalogue,
    may_browse, open_abilities, sees_drafts, sees_thanks, undo_until,
};
pub use preview::{Preview, PreviewShare, preview};
pub use publish::{Publish, publish};
pub use pupils::{CriterionForPupils, ForPupils, LevelForPupils};
pub use remove_author::{RemoveAuthor, remove_author};
pub use restore::{Restore, restore};
pub use retire::{Retire, retire};
pub use review::{Review, Verdict, review};
pub use revise::{Revise, revise};
pub use revoke_link::revoke_link;
pub use rubric::{Deleted, Draft, RESTORE, Rubric, State};
pub use save::{Change, SaveDraft, Saved, save_draft};
pub use scope::{Scope, ScopeKind};
pub use share::{Share, share};
pub use shares::{LastShare, Shares};
pub use shelve::{Shelve, shelve};
pub use shelves::{
    AddToCollection, COLLECTIONS_MAX, Collection, CollectionFilter, CollectionOwner,
    CreateCollection, RECENT_MAX, RemoveFromCollection, Removed, SHELVED_MAX, UpdateCollection,
    add_to_collection, collections, collections_by_ids, create_collection, delete_collection,
    find_collection, recent, remove_from_collection, shelved, update_collection,
};
pub use submit::{Submit, submit};
pub use talk::{
    COMMENT_CHARS_MAX, Comment, CommentAbilities, CommentOn, CommentText, Concerned, EditComment,
    MENTIONS_MAX, RemoveComment, ResolveThread, Said, TALK_MONTHS, ThreadFilter, Waiting,
    comment_counts, comment_on, concerned, edit_comment, find_comment, mentions_told,
    remove_comment, replies, resolve_thread, tells_unreached, threads, waiting_mentions,
    would_read,
};
pub use template::Template;
pub use undo_share::{UndoShare, still_named, undo_share};
pub use version::{Number, Revisions, Version, VersionState};

/// What this room learns by.
#[must_use]
pub fn consumers() -> Vec<store::Consumer> {
    [catalogue::consumers(), forks::consumers()].concat()
}
